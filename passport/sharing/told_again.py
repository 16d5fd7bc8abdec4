"""The measure: after a reading, did they still ask her to tell her story again?

One answer for a share's readings of one day, in London's calendar. What she answered is sealed
under her passport's key; the service can count answers, but not read them.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from passport import clock
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.errors import PassportError
from passport.sharing.receipts import Receipt, list_receipts
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

Answer = Literal["no", "a-little", "yes", "rather-not-say"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)
ASKED_AFTER, ASKED_UNTIL = timedelta(hours=2), timedelta(days=14)
_CALENDAR = ZoneInfo("Europe/London")
_answers = tables.told_again


class NotAnAnswer(PassportError):
    """Something that is none of the answers, or about no reading."""

    def __init__(self) -> None:
        super().__init__(N_("Choose one of the answers."))


@dataclass(frozen=True)
class Question:
    """What she may be asked: about the readings of a share on one day."""

    share_id: str
    day: date
    reading: Receipt


@dataclass(frozen=True)
class ToldAgain:
    """One answer."""

    share_id: str
    day: date
    answer: Answer
    answered_at: datetime


@dataclass(frozen=True)
class Measure:
    """All answers together, those that say nothing left out."""

    no: int
    a_little: int
    yes: int

    @property
    def count(self) -> int:
        """How many answers there are."""
        return self.no + self.a_little + self.yes


def day_of(moment: datetime) -> date:
    """The day of a reading."""
    return moment.astimezone(_CALENDAR).date()


def next_question(database: Database, passport: UnlockedPassport) -> Question | None:
    """The newest reading of the last two weeks that she was not asked about; None if none.

    Not about one of the last two hours: the visit may still be going on. Raises NotPermitted.
    """
    passport.access.require_owner()
    asked, now = _asked(database, passport), clock.now()
    for receipt in list_receipts(database, passport):
        day = day_of(receipt.read_at)
        is_due = ASKED_AFTER <= now - receipt.read_at <= ASKED_UNTIL
        if is_due and _answer_id(passport, receipt.share_id, day) not in asked:
            return Question(receipt.share_id, day, receipt)
    return None


def keep_answer(
    database: Database, passport: UnlockedPassport, share_id: str, day: date, answer: str
) -> None:
    """Keep her answer; a second one about the same day of the same share changes nothing.

    Raises NotPermitted, NotAnAnswer.
    """
    passport.access.require_owner()
    if answer not in ANSWERS or not _was_read(database, passport, share_id, day):
        raise NotAnAnswer
    answer_id = _answer_id(passport, share_id, day)
    now = clock.now()
    values = {
        "share_id": share_id,
        "day": day.isoformat(),
        "answer": answer,
        "answered_at": now.isoformat(),
    }
    sealed = passport.seal(labels.TOLD_AGAIN, answer_id, json.dumps(values).encode())
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        mine = (_answers.c.passport_id == passport.passport_id, _answers.c.answer_id == answer_id)
        if connection.execute(select(_answers.c.answer_id).where(*mine)).first() is None:
            connection.execute(
                insert(_answers).values(
                    passport_id=passport.passport_id,
                    answer_id=answer_id,
                    sealed=sealed,
                    created_at=int(now.timestamp()),
                )
            )
            record(connection, passport, "told-again-answered")


def read_answers(connection: Connection, passport: UnlockedPassport) -> list[ToldAgain]:
    """Every answer, oldest first. Raises NotPermitted."""
    passport.access.require_owner()
    query = (
        select(_answers)
        .where(_answers.c.passport_id == passport.passport_id)
        .order_by(_answers.c.created_at, _answers.c.answer_id)
    )
    rows = connection.execute(query).all()
    return [_opened(passport, row.answer_id, row.sealed) for row in rows]


def measure(database: Database, passport: UnlockedPassport) -> Measure:
    """How often she had to tell it again, and how often not. Raises NotPermitted."""
    with database.read() as connection:
        return measured(read_answers(connection, passport))


def measured(answers: Iterable[ToldAgain]) -> Measure:
    """These answers, counted."""
    counts = Counter(answer.answer for answer in answers)
    return Measure(counts["no"], counts["a-little"], counts["yes"])


def _was_read(database: Database, passport: UnlockedPassport, share_id: str, day: date) -> bool:
    receipts = list_receipts(database, passport, share_id)
    return any(day_of(receipt.read_at) == day for receipt in receipts)


def _asked(database: Database, passport: UnlockedPassport) -> set[str]:
    mine = _answers.c.passport_id == passport.passport_id
    with database.read() as connection:
        return set(connection.execute(select(_answers.c.answer_id).where(mine)).scalars())


def _answer_id(passport: UnlockedPassport, share_id: str, day: date) -> str:
    return passport.key.told_again_id(share_id, day.isoformat())


def _opened(passport: UnlockedPassport, answer_id: str, sealed: bytes) -> ToldAgain:
    values = json.loads(passport.open(labels.TOLD_AGAIN, answer_id, sealed))
    return ToldAgain(
        values["share_id"],
        date.fromisoformat(values["day"]),
        values["answer"],
        datetime.fromisoformat(values["answered_at"]),
    )
