"""Erase the whole passport, and give its owner a receipt, which the service does not keep."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from passport.leaving.erase import Counts, ErasureReceipt, count_everything, erase_passport
from passport.leaving.receipt_text import counted, promises, receipt_text
from passport.web.error_pages import error_page
from passport.web.forms.leaving_forms import EraseForm, ReceiptForm
from passport.web.proved import proved
from passport.web.readers_language import readers_language
from passport.web.session_cookie import fresh_form_session, take_session
from passport.web.signed_in import signed_in
from passport.web.story_counted import story_counted
from passport.wiring import wiring

blueprint = Blueprint("erasing", __name__)
_RECEIPT_SECONDS = 24 * 60 * 60


@blueprint.route("/account/erase", methods=["GET", "POST"])
@signed_in
@proved
def erase() -> ResponseReturnValue:
    """Say what goes; ask for a tick, then for a second press; then erase."""
    g.passport.access.require_owner()
    form, database = EraseForm(), wiring().database
    is_ticked = form.validate_on_submit()
    if is_ticked and request.form.get("confirm") == "yes":
        return _erased(erase_passport(database, g.passport))
    with database.read() as connection:
        counts = count_everything(connection, g.passport)
    page = render_template(
        "leaving/erase.html",
        form=form,
        counts=counts,
        story_counted=story_counted(counts),
        is_ticked=is_ticked,
    )
    return page, 400 if form.errors else 200


@blueprint.post("/erased/receipt")
def receipt() -> ResponseReturnValue:
    """The receipt as a text file, out of what its page sent back."""
    form = ReceiptForm()
    if not form.validate_on_submit():
        return error_page(400)
    try:
        found = _opened(form.receipt.data or "")
    except (BadData, KeyError, TypeError, ValueError):
        return error_page(400)
    text = receipt_text(found, wiring().settings.base_url, readers_language())
    response = Response(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="receipt.txt"'
    return response


def _erased(made: ErasureReceipt) -> Response:
    # From here on nobody is signed in: the page is a stranger's.
    g.pop("passport", None)
    fresh_form_session()
    page = render_template(
        "leaving/erased.html",
        form=ReceiptForm(formdata=None, receipt=_signed(made)),
        receipt=made,
        counted=counted(made),
        promises=promises(made),
    )
    response = take_session(make_response(page))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="erasure-receipt")


def _signed(made: ErasureReceipt) -> str:
    values = asdict(made) | {"erased_at": made.erased_at.isoformat()}
    return str(_signer().dumps(values))


def _opened(text: str) -> ErasureReceipt:
    values: dict[str, Any] = _signer().loads(text, max_age=_RECEIPT_SECONDS)
    at = datetime.fromisoformat(values["erased_at"])
    return ErasureReceipt(**(values | {"erased_at": at, "counts": Counts(**values["counts"])}))
