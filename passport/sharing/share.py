"""A share as its owner sees it: what, for whom, until when, and the keys that make its link."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from passport import clock
from passport.access import Access
from passport.sharing.errors import NotAllowed
from passport.story.catalogue import IDENTITY
from passport.words_to_translate import N_

Duration = Literal["visit", "month", "year", "day", "until-stopped"]
DURATION_DAYS: dict[Duration, int | None] = {
    "visit": 2,
    "month": 30,
    "year": 365,
    "day": None,
    "until-stopped": None,
}
UK = ZoneInfo("Europe/London")
LONGEST_AHEAD = timedelta(days=10 * 365)
PASSCODE_ATTEMPTS = 10

State = Literal["active", "paused", "expired", "locked", "revoked"]


@dataclass(frozen=True)
class ShareTerms:
    """What the owner chose: consent in data.

    `sections` are section keys, `identity` are parts of the identity section, both in the
    order in which readers see them. `sensitive` are those of the sections that she ticked for
    this share knowing that they are sensitive: no other sensitive section is ever let out.
    `last_day` (ISO 8601) is the last on which it can be read, if `duration` is "day".
    """

    recipient: str
    sections: tuple[str, ...]
    identity: tuple[str, ...] = ()
    sensitive: tuple[str, ...] = ()
    duration: Duration = "visit"
    with_passcode: bool = False
    is_direct: bool = False
    may_hand_over: bool = False
    is_emergency: bool = False
    last_day: str = ""

    @property
    def section_keys(self) -> tuple[str, ...]:
        """Every section that anything of is let out, that of the facts among them."""
        return (*self.sections, *((IDENTITY.key,) if self.identity else ()))


@dataclass(frozen=True, repr=False)
class ShareSecrets:
    """What makes the link: deleted, not only hidden, when the share is revoked."""

    address: str
    share_key: str
    passcode: str | None = None


@dataclass(frozen=True)
class ShareRecord:
    """What is sealed under the passport key. `organisation` is a registered recipient's name.

    `low_day_until`: when the owner's low day is over, if she marked one on this share (epoch
    seconds). `agreed_at`: when she last chose what is in it, if not when she made it.
    """

    terms: ShareTerms
    secrets: ShareSecrets | None
    organisation: str | None = None
    low_day_until: int | None = None
    agreed_at: int | None = None

    def to_json(self) -> bytes:
        """The bytes that are sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "ShareRecord":
        """The record that `to_json` wrote."""
        values = json.loads(text)
        terms = values["terms"]
        terms |= {name: tuple(terms[name]) for name in ("sections", "identity", "sensitive")}
        secrets = values["secrets"] and ShareSecrets(**values["secrets"])
        return cls(**values | {"terms": ShareTerms(**terms), "secrets": secrets})

    def without_secrets(self) -> "ShareRecord":
        """What remains after revoking: that the share existed."""
        return replace(self, secrets=None)


@dataclass(frozen=True)
class Share:
    """One share of a passport, opened by its owner. Times are epoch seconds."""

    share_id: str
    record: ShareRecord
    record_version: int
    created_at: int
    expires_at: int | None
    is_paused: bool
    revoked_at: int | None
    attempts_left: int | None

    @property
    def terms(self) -> ShareTerms:
        """What the owner chose."""
        return self.record.terms

    def is_within(self, access: Access) -> bool:
        """Whether all that this share lets out may be shared by whoever acts."""
        if access.is_owner:
            return True
        return all(access.allows("share", key) for key in self.terms.section_keys)

    @property
    def state(self) -> State:
        """Derived, never stored, so that nothing can be out of step with it."""
        if self.revoked_at is not None:
            return "revoked"
        if self.is_paused:
            return "paused"
        if self.expires_at is not None and self.expires_at <= clock.epoch():
            return "expired"
        if self.attempts_left == 0:
            return "locked"
        return "active"

    @property
    def agreed_at(self) -> datetime | None:
        """When its owner last chose what is in it; None if that was when she made it."""
        at = self.record.agreed_at
        return None if at is None else datetime.fromtimestamp(at, UTC)

    @property
    def low_day_until(self) -> datetime | None:
        """When the low day that is marked on it is over; None if none is marked or it is over."""
        until = self.record.low_day_until
        is_on = until is not None and until > clock.epoch()
        return datetime.fromtimestamp(until, UTC) if until is not None and is_on else None

    @property
    def passcode(self) -> str | None:
        """The passcode, or None if there is none (or no longer)."""
        return self.record.secrets.passcode if self.record.secrets else None

    @property
    def until(self) -> datetime | None:
        """When the share ends by itself; None if only by its owner."""
        return None if self.expires_at is None else datetime.fromtimestamp(self.expires_at, UTC)


def expiry(duration: Duration, start: int, last_day: str = "") -> int | None:
    """When a share of this duration that starts at `start` (epoch seconds) ends.

    Raises NotAllowed for a duration that nobody offers, or a last day that is none or is past.
    """
    if duration not in DURATION_DAYS:
        raise NotAllowed(N_("Choose how long they can read it."))
    if duration == "day":
        return _end_of(last_day)
    days = DURATION_DAYS[duration]
    return None if days is None else start + days * 24 * 60 * 60


def end_of_day(day: date) -> int:
    """When a day ends in the UK, in epoch seconds."""
    return int(datetime.combine(day + timedelta(days=1), time(), UK).timestamp())


def _end_of(last_day: str) -> int:
    try:
        day = date.fromisoformat(last_day)
    except ValueError:
        raise NotAllowed(N_("Write a real date, such as 27 3 2027.")) from None
    today = clock.now().astimezone(UK).date()
    if day < today:
        raise NotAllowed(N_("That day is over. Write today or a day after it."))
    if day > today + LONGEST_AHEAD:
        raise NotAllowed(N_("That is too far ahead. Choose “Until I stop it” instead."))
    return end_of_day(day)
