"""The format `story-passport/export/1`: what a file holds, as marshmallow and as JSON Schema."""

from functools import cache
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import RAISE, Schema, fields
from marshmallow.validate import Equal, Length, OneOf, Range, Regexp

from passport.story.attachment import (
    CONTENT_TYPES,
    LONGEST_CAPTION,
    MOST_ATTACHMENTS,
    MOST_BYTES,
)
from passport.story.catalogue import PERSON_FIELDS
from passport.story.sections import MOST_SECTIONS
from passport.story.text_rules import LONGEST_LINE, LONGEST_SECTION

FORMAT = "story-passport/export/1"
FAMILY = "story-passport/export/"
SCHEMA_PATH = "/schemas/export-1.json"
MOST_VERSIONS = 50_000
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

_LINE = Length(max=LONGEST_LINE)
_LANGUAGE = Regexp(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$")
_TEXTS = {"type": "array", "items": {"type": "string"}}
_PERSON = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in PERSON_FIELDS},
    "required": list(PERSON_FIELDS),
    "additionalProperties": False,
}


class _Strict(Schema):
    class Meta:
        """What is not described here is refused: to drop it would lose it unseen."""

        unknown = RAISE


def _text(description: str, *rules: Any, **more: Any) -> fields.String:
    options = {"required": True, **more}
    return fields.String(validate=list(rules), metadata={"description": description}, **options)


def _number(description: str, least: int = 0, **more: Any) -> fields.Integer:
    return fields.Integer(
        strict=True,
        validate=Range(min=least, max=2**53),
        metadata={"description": description},
        **{"required": True, **more},
    )


def _yes(description: str, *, required: bool = True) -> fields.Boolean:
    return fields.Boolean(
        required=required, truthy={True}, falsy={False}, metadata={"description": description}
    )


def _moment(description: str, **more: Any) -> fields.AwareDateTime:
    return fields.AwareDateTime(
        format="iso", metadata={"description": description}, **{"required": True, **more}
    )


def _texts(description: str, **more: Any) -> fields.List:
    return fields.List(
        fields.String(), required=True, metadata={"description": description}, **more
    )


def _many(
    schema: type[Schema], description: str, most: int | None = None, *, required: bool = True
) -> fields.List:
    rules = [Length(max=most)] if most else []
    return fields.List(
        fields.Nested(schema),
        required=required,
        validate=rules,
        metadata={"description": description},
    )


class Answer(fields.Field):
    """One question's answer: its shape is checked against the catalogue when it is brought in."""


def _content(description: str, *, required: bool = True) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        values=Answer(
            metadata={
                "anyOf": [{"type": "string"}, _TEXTS, {"type": "array", "items": _PERSON}],
                "description": "A text, a list of lines or ticked choices, or a list of people.",
            }
        ),
        required=required,
        metadata={"description": description},
    )


class Version(_Strict):
    """A section as it was saved once."""

    version = _number("Counts from 1 for each section.", 1)
    title = _text("As readers see it.", _LINE)
    content = _content("Key of the question → answer, as the catalogue has them.")
    other_language = _text(
        "The second language that it was written in, if it was: BCP 47.", _LANGUAGE, required=False
    )
    other_content = _content("The same answers in that language.", required=False)
    language = _text("BCP 47.", _LANGUAGE)
    sensitive = _yes("In no share unless it was ticked for that share.")
    written_by = _text("`self`, or the name of the supporter who wrote it.", _LINE)
    supported_by = _text("Who helped to write it.", _LINE, allow_none=True)
    written_at = _moment("When this version was saved.")
    reviewed_at = _moment("When its owner last said that it is still true.")


class AttachmentFile(_Strict):
    """A file that belongs to a section."""

    name = _text("The file's name.", Length(min=1, max=LONGEST_LINE))
    content_type = _text("Its media type.", OneOf(sorted(CONTENT_TYPES)))
    caption = _text("What its owner wrote beneath it.", Length(max=LONGEST_CAPTION))
    transcript = _text("What is heard or seen, in words.", Length(max=LONGEST_SECTION))
    written_at = _moment("When it was added.")
    written_by = _text("`self`, or the name of the supporter who added it.", _LINE)
    size = fields.Integer(
        strict=True,
        required=True,
        validate=Range(min=1, max=MOST_BYTES),
        metadata={"description": "In bytes, before base64."},
    )
    sha256 = _text("SHA-256 of its bytes, in hex.", Regexp("^[0-9a-f]{64}$"))
    content = _text(
        "Its bytes, in base64 (RFC 4648 section 4).", Length(max=-(-MOST_BYTES // 3) * 4)
    )


class SectionHistory(_Strict):
    """A section with every version that was ever saved, oldest first."""

    key = _text("The catalogue's key; `identity` for facts about the owner; `own-…` for her own.")
    versions = _many(Version, "Oldest first. None if there are only files.", MOST_VERSIONS)
    attachments = _many(AttachmentFile, "Its files.", MOST_ATTACHMENTS)


class Reading(_Strict):
    """One time that a share was read."""

    reader = _text("Who it was, as they said.")
    verified_as = _text("The organisation that proved itself, if one did.", allow_none=True)
    read_at = _moment("When.")


class ShareRecord(_Strict):
    """What was shared with whom. No link, key or passcode: nothing can be opened with it."""

    recipient = _text("Whom it was for, in the owner's words.")
    organisation = _text("The registered organisation that it was for.", allow_none=True)
    sections = _texts("Keys of the sections.")
    identity = _texts("Which facts about the owner.")
    sensitive = _texts("Those sections that were ticked though sensitive.")
    duration = _text("As it was chosen.")
    with_passcode = _yes("Whether a passcode was asked for.")
    is_direct = _yes("Whether it was a one-file link.")
    may_hand_over = _yes("Whether its readers might pass it on to a colleague.", required=False)
    is_emergency = _yes("Whether it was an emergency card.", required=False)
    state = _text("`active`, `paused`, `expired`, `locked` or `revoked`, when the file was made.")
    made_at = _moment("When it was made.")
    expires_at = _moment("When it ends by itself.", allow_none=True)
    stopped_at = _moment("When its owner stopped it.", allow_none=True)
    readings = _many(Reading, "Newest first.")


class Reply(_Strict):
    """Something that a reader gave back."""

    share = _text("Whom the share was for.")
    kind = _text("`acknowledgement`, `message`, `suggestion` or `handover`.")
    words = _text("What the reader wrote.")
    section = _text("Key of the section that a suggestion was for.")
    role = _text("Role of the colleague to whom it was handed over.")
    team = _text("Team of that colleague.")
    reader = _text("Who it was, as they said.")
    verified_as = _text("The organisation that proved itself, if one did.", allow_none=True)
    at = _moment("When.")
    seen_at = _moment("When its owner first saw it.", allow_none=True)
    decision = _text("`accepted` or `declined`, of a suggestion.", allow_none=True)
    thanks = _text("The thank-you that its owner sent.")


class ToldAgain(_Strict):
    """One answer to: did they still ask you to tell your story again?"""

    share = _text("The share that was read.")
    day = _text("The day of the reading.")
    answer = _text("`no`, `a-little`, `yes` or `rather-not-say`.")
    answered_at = _moment("When.")


class Act(_Strict):
    """Something that was done to the passport."""

    number = _number("Counts from 1.", 1)
    at = _moment("When; none where the record is damaged.", allow_none=True)
    by = _text("`self`, `service`, or the name of a supporter.")
    act = _text("What, as a short key.")
    words = _text("What, in plain words.")


class MadeBy(_Strict):
    """Which service made the file."""

    service = _text("The service's address.")
    software = _text("Its name.")


class Export(_Strict):
    """Everything in one passport. Whoever has this file can read all of it."""

    format = _text("Which version of the format this is.", Equal(FORMAT))
    made_at = _moment("When the file was made.")
    made_by = fields.Nested(
        MadeBy, required=True, metadata={"description": "Which service made it."}
    )
    checksum = _text(
        "SHA-256 in hex of this file as JSON with sorted keys, no spaces, in UTF-8 (characters not "
        "escaped), without `checksum` and without `content` of attachments. A program that writes "
        "such a file itself may leave it out.",
        Regexp("^[0-9a-f]{64}$"),
        required=False,
    )
    passport_made_at = _moment("When the passport was made.")
    preferences = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={"description": "What its owner chose about how the service behaves."},
    )
    sections = _many(SectionHistory, "In the order of the story.", MOST_SECTIONS)
    shares = _many(ShareRecord, "Newest first.")
    older_readings_left_out = _number("How many readings were too many for the file.")
    inbox = _many(Reply, "What readers gave back, newest first.", required=False)
    told_again = _many(
        ToldAgain,
        "Whether she was still asked to tell her story again, oldest first.",
        required=False,
    )
    activity = _many(Act, "Oldest first. Empty if the service keeps none.")


@cache
def json_schema() -> dict[str, Any]:
    """The format as JSON Schema, draft 2020-12, without `$id`: the service adds its address."""
    spec = APISpec("export", "1", "3.1.0", plugins=[MarshmallowPlugin(schema_name_resolver=_name)])
    spec.components.schema("Export", schema=Export)
    parts: dict[str, Any] = _with_local_references(spec.to_dict()["components"]["schemas"])
    whole = parts.pop("Export")
    return {
        "$schema": _DIALECT,
        "title": "A Story Passport export",
        "description": Export.__doc__,
        **whole,
        "$defs": {name: _described(name, part) for name, part in sorted(parts.items())},
    }


def _name(schema: Any) -> str:
    return schema.__name__ if isinstance(schema, type) else type(schema).__name__


def _described(name: str, part: dict[str, Any]) -> dict[str, Any]:
    return {"description": globals()[name].__doc__, **part}


def _with_local_references(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _with_local_references(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_with_local_references(item) for item in value]
    if isinstance(value, str):
        return value.replace("#/components/schemas/", "#/$defs/")
    return value
