"""The files of a part of the story: photos, sound, video and documents."""

from urllib.parse import quote

from flask import Blueprint, Response, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.media import kinds
from passport.sharing.save_attachment import describe_attachment, remove_attachment
from passport.story.attachment import AttachmentRefused, StoredAttachment, UnknownAttachment
from passport.story.attachments import find_attachment, list_attachments, read_attachment
from passport.story.uploads import PART_BYTES, unfinished_uploads
from passport.web.adding_files import REFUSALS, keep_file
from passport.web.error_words import error_words
from passport.web.forms.attachment_forms import AddFileForm, DescribeForm
from passport.web.forms.passport_form import PressForm
from passport.web.own_words import written_or_new
from passport.web.section_words import title_words
from passport.web.security_headers import PERMISSIONS_POLICY, policy_with
from passport.web.sent_file import takes_sent_file
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("attachments", __name__)
_ALONE = "default-src 'none'; sandbox"


@blueprint.get("/story/<key>/files")
@signed_in
@open_to_supporters
def files(key: str) -> ResponseReturnValue:
    """Every file of this part, each shown or to be played."""
    kind, section = written_or_new(key)
    access = g.passport.access
    found: list[StoredAttachment] = []
    if access.allows("read", key):
        with wiring().database.read() as connection:
            found = list_attachments(connection, g.passport, key)
    waiting = []
    if may_write := access.allows("write", key):
        waiting = unfinished_uploads(wiring().database, g.passport, key)
    page = render_template(
        "attachments/files.html",
        key=key,
        title=title_words(section) if section else _(kind.title),
        files=found,
        waiting=waiting,
        may_write=may_write,
        form=PressForm(),
    )
    return _with_media(page)


def _add_page(key: str, form: AddFileForm, status: int = 200) -> ResponseReturnValue:
    kind, section = written_or_new(key)
    page = render_template(
        "attachments/add.html",
        key=key,
        title=title_words(section) if section else _(kind.title),
        form=form,
        part_bytes=PART_BYTES,
    )
    response = _with_media(page)
    response.status_code = status
    response.headers["Permissions-Policy"] = PERMISSIONS_POLICY.replace(
        "microphone=()", "microphone=(self)"
    )
    return response


def _too_large(key: str) -> ResponseReturnValue:
    g.passport.access.require("write", key)
    form = AddFileForm(formdata=None)
    form.file.errors = [
        _("This file is larger than 50 MB. Choose a smaller one, or a shorter video.")
    ]
    return _add_page(key, form, 413)


@blueprint.route("/story/<key>/files/new", methods=["GET", "POST"])
@takes_sent_file(_too_large)
@signed_in
@open_to_supporters
def add(key: str) -> ResponseReturnValue:
    """Ask for a file, or for a recording, and for the words about it."""
    written_or_new(key)
    g.passport.access.require("write", key)
    form = AddFileForm()
    if not form.validate_on_submit():
        return _add_page(key, form, 400 if form.errors else 200)
    sent = request.files.get("file")
    content = sent.read() if sent else b""
    if not content:
        form.file.errors = [_("Choose a file to add.")]
        return _add_page(key, form, 400)
    try:
        name = (sent.filename if sent else "") or ""
        keep_file(key, content, name, form.caption.data or "", form.transcript.data or "")
    except REFUSALS as error:
        form.file.errors = [error_words(error)]
        return _add_page(key, form, 400)
    flash(_("We have kept your file."))
    return redirect(f"/story/{key}/files", 303)


@blueprint.route("/story/<key>/files/<attachment_id>", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def describe(key: str, attachment_id: str) -> ResponseReturnValue:
    """Change the words about a file."""
    found = _found(key, attachment_id)
    g.passport.access.require("write", key)
    form = DescribeForm(data={"caption": found.caption, "transcript": found.transcript})
    if form.validate_on_submit():
        words = (form.caption.data or "", form.transcript.data or "")
        try:
            describe_attachment(wiring().database, g.passport, attachment_id, *words)
        except AttachmentRefused as error:
            form.caption.errors = [error_words(error)]
        else:
            flash(_("We have saved what you wrote."))
            return redirect(f"/story/{key}/files", 303)
    page = render_template("attachments/describe.html", key=key, file=found, form=form)
    response = _with_media(page)
    response.status_code = 400 if form.errors else 200
    return response


@blueprint.route("/story/<key>/files/<attachment_id>/remove", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def remove(key: str, attachment_id: str) -> ResponseReturnValue:
    """Ask once more, and take the file out for good."""
    found = _found(key, attachment_id)
    g.passport.access.require("write", key)
    form = PressForm()
    if form.validate_on_submit():
        remove_attachment(wiring().database, g.passport, attachment_id)
        flash(_("The file is gone, also from everything that you share."))
        return redirect(f"/story/{key}/files", 303)
    return _with_media(render_template("attachments/remove.html", key=key, file=found, form=form))


@blueprint.get("/story/<key>/files/<attachment_id>/content")
@signed_in
@open_to_supporters
def content(key: str, attachment_id: str) -> ResponseReturnValue:
    """What is in a file. A page of ours may show it; by itself it is only ever saved."""
    _found(key, attachment_id)
    with wiring().database.read() as connection:
        found, whole = read_attachment(connection, g.passport, attachment_id)
    response = Response(whole, content_type=found.content_type)
    # As RFC 6266 writes names in any script.
    name = {"filename*": f"UTF-8''{quote(found.name, safe='')}"}
    response.headers.set("Content-Disposition", "attachment", **name)
    response.headers["Content-Security-Policy"] = _ALONE
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    # Safari plays nothing that it can't ask for in ranges.
    return response.make_conditional(request, accept_ranges=True, complete_length=len(whole))


@blueprint.app_template_filter()
def media_kind(file: StoredAttachment) -> str:
    """photo, sound, video or document."""
    return kinds.kind_of(file.content_type)


def _found(key: str, attachment_id: str) -> StoredAttachment:
    with wiring().database.read() as connection:
        found = find_attachment(connection, g.passport, attachment_id)
    if found.section_key != key:
        raise UnknownAttachment
    return found


def _with_media(page: str) -> Response:
    response = make_response(page)
    # "blob:" is what she has just recorded, to be heard before it is sent.
    response.headers["Content-Security-Policy"] = policy_with("media-src 'self' blob:")
    return response
