"""What a reader gives back, in the shape in which it is sealed to the resident's inbox."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

from passport import clock
from passport.crypto import labels
from passport.crypto.place import Place
from passport.sharing.receipts import Reader

Kind = Literal["acknowledgement", "message", "suggestion", "handover"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Given:
    """What a reader sends.

    `section` is for a suggestion, `role` and `team` of a colleague for a hand-over. `thanks_to`
    is the lookup by which this reader's device finds a thank-you; empty if it wants none.
    """

    kind: Kind
    words: str = ""
    section: str = ""
    role: str = ""
    team: str = ""
    thanks_to: str = ""


@dataclass(frozen=True)
class Reply:
    """What came back from one reading, and from whom."""

    share_id: str
    reply_id: str
    reader: Reader
    given: Given
    at: datetime
    is_damaged: bool = False


def reply_place(passport_id: str, share_id: str, reply_id: str) -> Place:
    """Where one reply belongs."""
    return Place(labels.REPLY, passport_id, f"{share_id}/{reply_id}")


def reply_text(given: Given, reader: Reader) -> bytes:
    """What is sealed: what was given, by whom and when."""
    values = {"given": asdict(given), "reader": asdict(reader), "at": clock.now().timestamp()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def reply_from(text: bytes, share_id: str, reply_id: str) -> Reply:
    """The reply that `reply_text` wrote."""
    values = json.loads(text)
    return Reply(
        share_id,
        reply_id,
        Reader(**values["reader"]),
        Given(**values["given"]),
        datetime.fromtimestamp(values["at"], UTC),
    )
