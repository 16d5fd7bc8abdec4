"""Sets up Jinja, and the built assets, for pages made with nhsuk-frontend's components."""

from pathlib import Path

from flask import Flask, url_for
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader

from passport.web import form_parts

_TEMPLATES = Path(__file__).parent / "templates"
_STATIC = Path(__file__).parent / "static"
_STAMP = _STATIC / "built" / ".built-from"


def init_app(app: Flask) -> None:
    """Let `app` render our pages. Call before anything touches `app.jinja_env`.

    Escapes in every template whatever its name: Flask alone would leave the components' own
    `.jinja` files unescaped, and with them whatever a resident typed.
    """
    app.jinja_options = {
        **app.jinja_options,
        "autoescape": True,
        # The components ask for members of parameters that were not passed.
        "undefined": ChainableUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "loader": ChoiceLoader(
            [
                FileSystemLoader(_TEMPLATES),
                app.create_global_jinja_loader(),
                PackageLoader("nhsuk_frontend_jinja"),
            ]
        ),
    }
    _serve_assets(app)
    form_parts.init_app(app)


def _serve_assets(app: Flask) -> None:
    """Serve `static/` and give templates `asset(name)`, the address of a built file."""
    app.static_folder = str(_STATIC)
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", "static", app.send_static_file)
    # The address changes with the content, so browsers may keep what is there for good.
    version = _STAMP.read_text()[:12] if _STAMP.exists() else "unbuilt"

    @app.template_global()
    def asset(name: str) -> str:
        return url_for("static", filename=f"built/{name}", v=version)
