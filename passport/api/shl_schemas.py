"""What a SMART Health Links reader may send. Unknown members are ignored, as the IG asks."""

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from passport.story.text_rules import clean_line

LONGEST_RECIPIENT = 200


def _no_boolean(value: Any) -> None:
    if isinstance(value, bool):
        raise ValidationError("Not a valid integer.")


class WholeNumber(fields.Integer):
    """An integer that is no boolean: JSON's `true` is not 1 here."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        _no_boolean(value)
        return super()._deserialize(value, attr, data, **kwargs)


class ManifestRequest(Schema):
    """Body of a manifest request (SMART Health Links 1.0.0, "Manifest request")."""

    class Meta:
        unknown = EXCLUDE

    recipient = fields.String(
        required=True,
        metadata={"description": "Who reads, in words that the resident will understand."},
    )
    passcode = fields.String(metadata={"description": "Required for links with flag P."})
    embeddedLengthMax = WholeNumber(
        strict=True,
        validate=validate.Range(min=0),
        metadata={"description": "Files longer than this come as a location."},
    )
    zip = fields.String(
        data_key="_zip",
        metadata={"description": "Our own: `DEF` from a reader who opens files packed with it."},
    )

    @post_load
    def _clean(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        data["recipient"] = clean_recipient(data["recipient"])
        return data


def clean_recipient(text: str) -> str:
    """A reader's own words for who they are, on one line. Raises ValidationError if empty."""
    recipient = clean_line(text)[:LONGEST_RECIPIENT]
    if not recipient:
        raise ValidationError({"recipient": ["Say who is reading."]})
    return recipient
