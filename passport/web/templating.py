"""Sets up Jinja for pages made with nhsuk-frontend's components."""

from pathlib import Path

from flask import Flask, url_for
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader

from passport.web import form_parts

_STAMP = Path(__file__).parent / "static" / "built" / ".built-from"


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
            [app.create_global_jinja_loader(), PackageLoader("nhsuk_frontend_jinja")]
        ),
    }
    # Their names change with their content, so browsers may keep them for good.
    version = _STAMP.read_text()[:12] if _STAMP.exists() else "unbuilt"

    def asset(name: str) -> str:
        return url_for("static", filename=f"built/{name}", v=version)

    app.add_template_global(asset)
    form_parts.init_app(app)
