"""What the trusts' API takes and answers."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validate

from passport.crypto.place import Place

MOST_GRANTS = 100
_CURSOR_PREFIX = "grants:"
_LARGEST_NUMBER = 2**63 - 1


class Cursor(fields.String):
    """A place in the list of grants. Opaque to programs; inside, the last number they had."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> str:
        return urlsafe_b64encode(f"{_CURSOR_PREFIX}{value}".encode()).decode().rstrip("=")

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> Any:
        try:
            text = urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
            number = int(text.removeprefix(_CURSOR_PREFIX))
        except (ValueError, TypeError):
            number = -1
        # One spelling for each cursor: whatever would be written otherwise is not ours.
        if not 0 <= number <= _LARGEST_NUMBER or self._serialize(number, None, None) != value:
            raise ValidationError("Not a cursor of this service. Leave it out to begin anew.")
        return number


class GrantsQuery(Schema):
    """Which grants are asked for."""

    cursor = Cursor(
        load_default=lambda: 0,
        metadata={
            "description": "`next_cursor` of an earlier answer; without it, from the first grant.",
        },
    )
    limit = fields.Integer(
        load_default=50,
        validate=validate.Range(1, MOST_GRANTS),
        metadata={"description": "How many grants at most."},
    )


class GrantAnswer(Schema):
    """One grant."""

    number = fields.Integer(metadata={"description": "Counts your grants from 1, with gaps."})
    grant_id = fields.Function(
        lambda grant: UUID(grant.share_id).urn,
        metadata={
            "type": "string",
            "description": "Stays the same; also the value of the document's `identifier`.",
        },
    )
    sealed_link = fields.Function(
        lambda grant: _sealed_link(grant),
        metadata={
            "type": "string",
            "description": "A `shlink:/` link sealed to your HPKE public key, in base64url.",
        },
    )
    place = fields.Function(
        lambda grant: _place_parts(grant),
        metadata={
            "type": "array",
            "items": {"type": "string"},
            "description": "The five texts that HPKE's `info` is made of, in their order.",
        },
    )
    created_at = fields.AwareDateTime(metadata={"description": "When the resident gave it."})


class GrantsPage(Schema):
    """A page of an organisation's grants, oldest first."""

    organisation = fields.String(
        metadata={"description": "The name that residents know you by. Read shares under it."}
    )
    grants = fields.List(fields.Nested(GrantAnswer))
    next_cursor = Cursor(
        metadata={"description": "Ask with it for what comes after, now or on another day."}
    )
    has_more = fields.Boolean(metadata={"description": "Whether more is there already."})


def _place_parts(grant: Any) -> list[str]:
    place: Place = grant.place
    return [place.purpose, place.passport_id, place.row_id, str(place.version), place.detail]


def _sealed_link(grant: Any) -> str:
    return urlsafe_b64encode(grant.sealed_link).decode().rstrip("=")
