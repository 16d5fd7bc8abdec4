"""Sets up Jinja, and the built assets, for pages made with nhsuk-frontend's components."""

from pathlib import Path

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, FileSystemLoader, PackageLoader

from passport import built_assets
from passport.web import form_parts

_TEMPLATES = Path(__file__).parent / "templates"


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
    built_assets.init_app(app)
    form_parts.init_app(app)
