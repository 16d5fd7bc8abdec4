"""`POST /shl/replies`: what readers give back. `POST /shl/thanks`: whether they were thanked.

Neither is part of SMART Health Links: a reader that does not know them has read all the same.
What lets somebody answer is in the body, never in an address, which proxies write down.
"""

from typing import Any

from flask import Response, json
from flask_smorest import Blueprint
from marshmallow import Schema, ValidationError

from passport.api.problems import problem
from passport.api.reply_schemas import ReplyRequest, ThanksRequest
from passport.api.shl import NOT_KEPT, BadRequest, count, json_object
from passport.sharing.leave_reply import leave_reply
from passport.sharing.thanks import fetch_thanks
from passport.wiring import wiring

# Two thousand letters, each of which JSON may spell with twelve.
MOST_BODY_BYTES = 32 * 1024
blueprint = Blueprint(
    "replies", __name__, url_prefix="/shl", description="Give something back after reading."
)
blueprint.before_request(count)
_reply_schema, _thanks_schema = ReplyRequest(), ThanksRequest()

_REFUSALS = {
    "400": {"description": "Not what this address takes: `errors` says where."},
    "413": {"description": "Too large."},
    "429": {"description": "Too often: wait as long as Retry-After says."},
    "503": {"description": "Busy: try again as Retry-After says."},
}


def _taking(schema: type[Schema]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


@blueprint.route("/replies", methods=["POST"])
@blueprint.doc(
    summary="Give something back after reading",
    description="The answer to a manifest request holds `_reply`, with this address and a "
    "`capability` for this one reading. An organisation that read with its access token answers "
    "as itself. The words are sealed at once: only the resident reads them.",
    requestBody=_taking(ReplyRequest),
    responses={
        "200": {
            "description": "Kept.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        "403": {"description": "The capability is not ours or too old; or no hand-over allowed."},
        "404": {"description": "Not active: expired, paused, revoked or used up meanwhile."},
        **_REFUSALS,
    },
)
def reply() -> Response:
    """Take what a reader gives back."""
    try:
        asked = _body(_reply_schema)
    except BadRequest as error:
        return _refused(error)
    leave_reply(wiring().reading, asked["capability"], asked["given"], asked["once"])
    return Response('{"kept": true}', mimetype="application/json", headers=NOT_KEPT)


@blueprint.route("/thanks", methods=["POST"])
@blueprint.doc(
    summary="Fetch thank-yous for a device that answered",
    requestBody=_taking(ThanksRequest),
    responses={
        "200": {
            "description": "`thanks`: compact JWEs under the key of the link, each with JSON.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **_REFUSALS,
    },
)
def thanks() -> Response:
    """Answer with what was sealed for the device that knows this secret; often nothing."""
    try:
        asked = _body(_thanks_schema)
    except BadRequest as error:
        return _refused(error)
    found = fetch_thanks(wiring().database, asked["secret"])
    return Response(json.dumps({"thanks": found}), mimetype="application/json", headers=NOT_KEPT)


def _body(schema: Schema) -> dict[str, Any]:
    try:
        return dict(schema.load(json_object(MOST_BODY_BYTES)))
    except ValidationError as error:
        raise BadRequest("Some members are not right.", error.messages) from None


def _refused(error: BadRequest) -> Response:
    members = {"errors": error.errors} if error.errors else {}
    return problem(400, error.detail, **members)
