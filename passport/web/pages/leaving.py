"""Take everything out in a file, and bring a file in."""

from flask import Blueprint, Response, flash, g, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport import clock
from passport.leaving.errors import ImportRefused
from passport.leaving.export import export_text, make_export
from passport.leaving.export_schema import SCHEMA_PATH, json_schema
from passport.leaving.import_story import Brought, import_story
from passport.leaving.readable import readable_page
from passport.web.activity_words import plain
from passport.web.error_words import error_words
from passport.web.forms.leaving_forms import ExportForm, ImportForm
from passport.web.large_file import takes_large_file
from passport.web.proved import proved
from passport.web.readers_language import readers_language
from passport.web.signed_in import signed_in
from passport.web.story_counted import story_counted
from passport.wiring import wiring

blueprint = Blueprint("leaving", __name__)


@blueprint.route("/account/export", methods=["GET", "POST"])
@signed_in
@proved
def export() -> ResponseReturnValue:
    """Say what is in the files, and make the one that was asked for."""
    g.passport.access.require_owner()
    form = ExportForm()
    if not form.validate_on_submit():
        return render_template("leaving/export.html", form=form), 400 if form.errors else 200
    made = make_export(wiring().database, g.passport, wiring().settings.base_url, plain)
    if request.form.get("kind") == "html":
        page = readable_page(made, readers_language())
        return _download(page, "text/html; charset=utf-8", "html")
    return _download(export_text(made), "application/json", "json")


@blueprint.route("/account/import", methods=["GET", "POST"])
@takes_large_file
@signed_in
def import_() -> ResponseReturnValue:
    """Ask for a file, and bring in all of it or nothing."""
    g.passport.access.require_owner()
    form = ImportForm()
    if form.validate_on_submit() and (brought := _brought(form)):
        flash(_("Your story is here: %(what)s.", what=story_counted(brought)))
        return redirect("/story", 303)
    return render_template("leaving/import.html", form=form), 400 if form.errors else 200


@blueprint.get(SCHEMA_PATH)
def schema() -> ResponseReturnValue:
    """What is in an export, for programs: JSON Schema, draft 2020-12."""
    address = f"{wiring().settings.base_url}{SCHEMA_PATH}"
    response = jsonify({"$id": address, **json_schema()})
    response.content_type = "application/schema+json"
    response.cache_control.public, response.cache_control.max_age = True, 3600
    return response


def _download(content, content_type: str, ending: str) -> Response:  # type: ignore[no-untyped-def]
    name = f"story-passport-{clock.now():%Y-%m-%d}.{ending}"
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Should a browser show it all the same, then as a stranger's page that can do nothing here.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox"
    )
    return response


def _brought(form: ImportForm) -> Brought | None:
    file = request.files.get("file")
    raw = file.read() if file else b""
    if not raw:
        form.file.errors = [_("Choose the file to bring in.")]
        return None
    try:
        return import_story(wiring().database, g.passport, raw)
    except ImportRefused as error:
        form.file.errors = [f"{error_words(error)} {_('Nothing was changed.')}"]
    return None
