"""Sending a file piece by piece, so that it goes on after a lost connection. For a script.

Begin, send the pieces in their order, ask how many arrived, finish. Each answer is JSON. What is
here after the connection was lost for good can be kept or thrown away without a script too.
"""

from flask import Blueprint, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.story.attachment import AttachmentRefused
from passport.story.uploads import begin_upload, count_parts, drop_upload, keep_part, read_upload
from passport.web.adding_files import REFUSALS, keep_file
from passport.web.error_pages import error_page
from passport.web.error_words import error_words
from passport.web.forms.passport_form import OPEN_TOO_LONG, PressForm
from passport.web.own_words import written_or_new
from passport.web.session_end import seconds_left
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("uploads", __name__)


@blueprint.post("/story/<key>/uploads")
@signed_in
@open_to_supporters
def begin(key: str) -> ResponseReturnValue:
    """Make room for a file."""
    written_or_new(key)
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    upload = begin_upload(wiring().database, g.passport, key, request.form.get("name", ""))
    return jsonify(upload=upload.upload_id, received=0)


@blueprint.get("/story/<key>/uploads/<upload_id>")
@signed_in
@open_to_supporters
def ask(key: str, upload_id: str) -> ResponseReturnValue:
    """How many pieces arrived."""
    return jsonify(received=count_parts(wiring().database, g.passport, key, upload_id))


@blueprint.post("/story/<key>/uploads/<upload_id>/<int(max=9999):part>")
@signed_in
@open_to_supporters
def send(key: str, upload_id: str, part: int) -> ResponseReturnValue:
    """Take one piece."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    sent = request.files.get("piece")
    try:
        piece = sent.read() if sent else b""
        received = keep_part(wiring().database, g.passport, key, upload_id, part, piece)
    except AttachmentRefused as error:
        return jsonify(problem=error_words(error)), 409
    return jsonify(received=received, seconds=seconds_left())


@blueprint.post("/story/<key>/uploads/<upload_id>/finish")
@signed_in
@open_to_supporters
def finish(key: str, upload_id: str) -> ResponseReturnValue:
    """Make a file of what arrived, with the words that the script sends along."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    problem = _kept(
        key, upload_id, request.form.get("caption", ""), request.form.get("transcript", "")
    )
    if problem:
        return jsonify(problem=problem), 422
    flash(_("We have kept your file."))
    return jsonify(address=f"/story/{key}/files")


@blueprint.post("/story/<key>/uploads/<upload_id>/keep")
@signed_in
@open_to_supporters
def keep(key: str, upload_id: str) -> ResponseReturnValue:
    """Keep what arrived of something that was never finished."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    problem = _kept(key, upload_id, "", "")
    flash(problem or _("We have kept what was there."))
    return redirect(f"/story/{key}/files", 303)


@blueprint.post("/story/<key>/uploads/<upload_id>/throw-away")
@signed_in
@open_to_supporters
def throw_away(key: str, upload_id: str) -> ResponseReturnValue:
    """Forget it."""
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    drop_upload(wiring().database, g.passport, key, upload_id)
    return redirect(f"/story/{key}/files", 303)


def _kept(key: str, upload_id: str, caption: str, transcript: str) -> str:
    """What is wrong with the file; empty when it is kept."""
    upload, content = read_upload(wiring().database, g.passport, key, upload_id)
    try:
        keep_file(key, content, upload.name, caption, transcript, upload_id)
    except REFUSALS as error:
        return error_words(error)
    return ""
