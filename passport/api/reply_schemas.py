"""What a reader may send back. Unknown members are ignored, as in a manifest request."""

from collections.abc import Callable
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from passport.sharing.reply import KINDS, LONGEST_WORDS, Given
from passport.sharing.reply_capability import LONGEST_CAPABILITY
from passport.story.catalogue import IDENTITY, section_type
from passport.story.text_rules import clean_line, clean_text

LONGEST_ROLE = 100
SECRET = r"^[A-Za-z0-9_-]{43}$"  # noqa: S105 (a shape, not a secret)
_WANTED = {
    "acknowledgement": (),
    "message": ("words",),
    "suggestion": ("words", "section"),
    "handover": ("role", "team"),
}


def _text(longest: int, description: str, **more: Any) -> fields.String:
    rule = validate.Length(max=longest)
    return fields.String(validate=rule, metadata={"description": description}, **more)


class ReplyRequest(Schema):
    """Something that a reader gives back after reading."""

    class Meta:
        unknown = EXCLUDE

    capability = _text(
        LONGEST_CAPABILITY, "As the manifest's answer had it in `_reply`.", required=True
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata={"description": "What is given back."},
    )
    words = _text(
        LONGEST_WORDS,
        "What will be done differently; a message; a suggestion. Required for the last two.",
    )
    section = _text(64, "Key of the part that a suggestion is for.")
    role = _text(LONGEST_ROLE, "Of the colleague to whom the story was handed over.")
    team = _text(LONGEST_ROLE, "Of that colleague.")
    thanksTo = fields.String(
        validate=validate.Regexp(SECRET),
        metadata={
            "description": "SHA-256 of a secret of this device, as base64url: with the secret it "
            "can fetch a thank-you."
        },
    )
    once = _text(64, "Any text. Sent again with the same, it is kept once.")

    @post_load
    def _cleaned(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        kind = data["kind"]
        given = {"kind": kind, "thanks_to": data.get("thanksTo", "")}
        given["words"] = _wanted(data, kind, "words", _clean_words)
        for name in ("section", "role", "team"):
            given[name] = _wanted(data, kind, name, clean_line)
        if kind == "suggestion" and not _takes_suggestions(given["section"]):
            raise ValidationError({"section": ["There is no such part."]})
        return {
            "capability": data["capability"],
            "given": Given(**given),
            "once": data.get("once", ""),
        }


class ThanksRequest(Schema):
    """A device asks whether the person said thank you."""

    class Meta:
        unknown = EXCLUDE

    secret = fields.String(
        required=True,
        validate=validate.Regexp(SECRET),
        metadata={"description": "The secret whose hash was sent with an answer."},
    )


def _wanted(data: dict[str, Any], kind: str, name: str, clean: Callable[[str], str]) -> str:
    text = clean(data.get(name, ""))
    is_wanted = name in _WANTED[kind]
    if is_wanted and not text:
        raise ValidationError({name: ["Missing data for required field."]})
    return text if is_wanted or name == "words" else ""


def _clean_words(text: str) -> str:
    return clean_text(text).strip()


def _takes_suggestions(section_key: str) -> bool:
    return section_key != IDENTITY.key and section_type(section_key) is not None
