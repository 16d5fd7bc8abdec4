"""SMART Health Links endpoints: the manifest, direct files and locations (IG 1.0.0, "Links").

The path of a clinician's read: no template, no ORM, one transaction.
"""

import json
from typing import Any

from flask import Response, current_app, request
from flask_smorest import Blueprint
from marshmallow import ValidationError
from werkzeug.exceptions import MethodNotAllowed

from passport.api.manifest_json import manifest_json
from passport.api.problems import problem
from passport.api.read_limit import ReadLimit, TooManyReads
from passport.api.shl_schemas import ManifestRequest, clean_recipient
from passport.sharing.errors import WrongPasscode
from passport.sharing.read_share import (
    read_direct_file,
    read_location,
    read_manifest,
)
from passport.sharing.receipts import Reader
from passport.sharing.reply_capability import capability_for
from passport.storage.identifiers import new_id
from passport.trusts.tokens import verified_organisation
from passport.wiring import wiring

MOST_BODY_BYTES = 16 * 1024
JOSE = "application/jose"
NOT_KEPT = {"Cache-Control": "no-store"}

blueprint = Blueprint(
    "shl", __name__, url_prefix="/shl", description="SMART Health Links: read a share."
)
_request_schema = ManifestRequest()

_MANIFEST_DOC: dict[str, Any] = {
    "summary": "Read the manifest of a share",
    "description": "An organisation may send its access token: the resident then sees that the "
    "reader was checked.",
    "security": [{}, {"organisation": ["shares.read"]}],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": ManifestRequest}},
    },
    "responses": {
        "200": {
            "description": "The manifest: each file `embedded` as a compact JWE, or a `location`. "
            "`_reply`, which a reader may ignore, says how to answer.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "400": {"description": "Not a manifest request."},
        "401": {
            "description": "Passcode missing or wrong: `remainingAttempts` says how many left."
        },
        "404": {"description": "Not active: expired, paused, revoked, used up or never there."},
        "413": {"description": "More than 16 KiB."},
        "429": {"description": "Too often: wait as long as Retry-After says."},
        "503": {"description": "Busy: try again as Retry-After says."},
    },
}
_FILE_RESPONSES = {
    "200": {"description": "A compact JWE.", "content": {JOSE: {"schema": {"type": "string"}}}},
    "404": {"description": "Not active."},
}


@blueprint.before_request
def count() -> Response | None:
    """Refuse who reads too often."""
    limit: ReadLimit = current_app.extensions["read-limit"]
    try:
        limit.check()
    except TooManyReads as error:
        wait = {"Retry-After": str(error.retry_after)}
        return problem(429, "Too many requests. Wait a little, then try again.", headers=wait)
    return None


class BadRequest(Exception):
    """A body that is no manifest request; `errors` says where."""

    def __init__(self, detail: str, errors: Any = None) -> None:
        self.detail, self.errors = detail, errors
        super().__init__(detail)


@blueprint.route("/<address>", methods=["POST"])
@blueprint.doc(**_MANIFEST_DOC)
def manifest(address: str) -> Response:
    """Answer a manifest request."""
    try:
        asked = _manifest_request()
    except BadRequest as error:
        members = {"errors": error.errors} if error.errors else {}
        return problem(400, error.detail, **members)
    reader, receipt_id = Reader(asked["recipient"], verified_reader()), new_id()
    try:
        files = read_manifest(
            wiring().reading,
            address,
            reader,
            asked.get("passcode"),
            asked.get("embeddedLengthMax"),
            receipt_id,
            takes_packed=asked.get("zip") == "DEF",
        )
    except WrongPasscode as error:
        return problem(401, str(error), remainingAttempts=error.attempts_left)
    capability = capability_for(wiring().pepper, address, receipt_id, reader)
    body = manifest_json(files, wiring().settings.base_url, capability)
    return _answer(body, "application/json")


@blueprint.route("/<address>", methods=["GET"])
@blueprint.doc(
    summary="Read a direct file (flag U)",
    parameters=[
        {"in": "query", "name": "recipient", "required": True, "schema": {"type": "string"}}
    ],
    responses={**_FILE_RESPONSES, "400": {"description": "Say who reads: ?recipient=…"}},
)
def direct_file(address: str) -> Response:
    """Answer a direct link with its one encrypted file."""
    _refuse_head()
    try:
        recipient = clean_recipient(request.args.get("recipient", ""))
    except ValidationError:
        return problem(400, "Say who is reading: add ?recipient=… to the address.")
    reader = Reader(recipient, verified_reader())
    return _answer(read_direct_file(wiring().reading, address, reader), JOSE)


@blueprint.route("/files/<address>", methods=["GET"])
@blueprint.doc(summary="Read a file at a manifest's location, once", responses=_FILE_RESPONSES)
def location(address: str) -> Response:
    """Answer a location that a manifest handed out, and spend it."""
    _refuse_head()
    return _answer(read_location(wiring().reading, address), JOSE)


def verified_reader() -> str | None:
    """The name of the organisation whose token came along; None without a token."""
    if "Authorization" not in request.headers:
        return None
    organisation = verified_organisation(wiring().database, request.headers["Authorization"])
    return organisation.name if organisation else None


def _manifest_request() -> dict[str, Any]:
    try:
        return dict(_request_schema.load(json_object(MOST_BODY_BYTES)))
    except ValidationError as error:
        raise BadRequest("Some members are not right.", error.messages) from None


def json_object(most_bytes: int) -> dict[str, Any]:
    """The JSON object that was sent. Raises BadRequest, or the 413 of a body that is longer."""
    request.max_content_length = most_bytes
    try:
        body = json.loads(request.get_data(cache=False))
    except (ValueError, RecursionError):
        raise BadRequest("The body is not JSON.") from None
    if not isinstance(body, dict):
        raise BadRequest("Send a JSON object.")
    return body


def _answer(body: bytes | str, content_type: str) -> Response:
    return current_app.response_class(body, mimetype=content_type, headers=NOT_KEPT)


def _refuse_head() -> None:
    # HEAD comes with GET; a link preview that asks so must spend nothing.
    if request.method == "HEAD":
        raise MethodNotAllowed(["GET", "POST"])
