"""`/api/docs`: the OpenAPI description as a page, like every other page of the service."""

from flask import Blueprint, current_app, render_template

blueprint = Blueprint("api_docs", __name__, template_folder="templates")


@blueprint.get("/api/docs")
def api_docs() -> str:
    """Every operation with its parameters and answers."""
    spec = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    operations = [
        {"method": method.upper(), "path": path, **operation}
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict)
    ]
    return render_template("api/docs.html", info=spec["info"], operations=operations)
