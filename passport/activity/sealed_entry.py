"""What is sealed in one entry of a record, and in what remembers the newest one.

What the owner or a supporter did is sealed under the passport key. What the service did, or
somebody without that key, is sealed to the inbox. Both are padded.
"""

import json
from dataclasses import asdict, dataclass, field

from passport.crypto import hybrid_box, labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.padding import pad, unpad
from passport.crypto.place import Place
from passport.crypto.unlocked_passport import UnlockedPassport


@dataclass(frozen=True)
class EntryText:
    """One act. `by` is a supporter's name, or None for the owner herself or the service.

    `previous` is the chain before this entry, in hex: whoever can write the database can't make
    a whole new one. `at` is epoch seconds.
    """

    act: str
    at: int
    previous: str
    by: str | None = None
    details: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> bytes:
        """The bytes that are sealed."""
        return _json(asdict(self))


@dataclass(frozen=True)
class Head:
    """The newest entry: its number, and its chain value in hex."""

    number: int
    chain: str


def seal_own(passport: UnlockedPassport, number: int, text: EntryText) -> bytes:
    """What the owner or a supporter did."""
    return passport.seal(labels.ACTIVITY, "", text.to_json(), version=number)


def seal_of_service(public_key: bytes, passport_id: str, number: int, text: EntryText) -> bytes:
    """What somebody without the passport's key did, sealed to its inbox's public key."""
    place = _service_place(passport_id, number)
    return hybrid_box.seal_to(public_key, pad(text.to_json()), place)


def open_own(passport: UnlockedPassport, number: int, sealed: bytes) -> EntryText:
    """What `seal_own` was given. Raises CannotOpen."""
    return _entry(passport.open(labels.ACTIVITY, "", sealed, version=number))


def open_of_service(private_key: bytes, passport_id: str, number: int, sealed: bytes) -> EntryText:
    """What `seal_of_service` was given. Raises CannotOpen."""
    padded = hybrid_box.open_box(private_key, sealed, _service_place(passport_id, number))
    try:
        return _entry(unpad(padded))
    except ValueError:
        raise CannotOpen("not the text of an entry") from None


def seal_head(passport: UnlockedPassport, head: Head) -> bytes:
    """What remembers the newest entry that somebody with the key made."""
    return passport.seal(labels.ACTIVITY_HEAD, "", _json(asdict(head)))


def open_head(passport: UnlockedPassport, sealed: bytes) -> Head:
    """What `seal_head` was given. Raises CannotOpen."""
    return Head(**json.loads(passport.open(labels.ACTIVITY_HEAD, "", sealed)))


def _service_place(passport_id: str, number: int) -> Place:
    return Place(labels.SERVICE_ACTIVITY, passport_id, "", number)


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _entry(text: bytes) -> EntryText:
    # A box can be made by anybody who has the database, so what is in it may be anything.
    try:
        return _checked(EntryText(**json.loads(text)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise CannotOpen("not the text of an entry") from None


def _checked(entry: EntryText) -> EntryText:
    texts = [entry.act, entry.previous, entry.by or "", *entry.details, *entry.details.values()]
    if not isinstance(entry.at, int) or not all(isinstance(text, str) for text in texts):
        raise TypeError("details are strings")
    return entry
