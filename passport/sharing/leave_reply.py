"""A reader gives something back: sealed at once, so that only the resident reads it."""

from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from passport import clock
from passport.sharing.errors import HandOverNotAllowed, NoLongerActive, TooManyReplies
from passport.sharing.read_share import Services, is_live
from passport.sharing.reply import Given, reply_place, reply_text
from passport.sharing.reply_capability import Answerable, answerable
from passport.storage import tables
from passport.storage.identifiers import new_id

MOST_TO_A_READING = 10
MOST_IN_A_DAY = 50
_DAY_MS = 24 * 60 * 60 * 1000

_shares, _replies = tables.shares, tables.replies


def leave_reply(services: Services, capability: str, given: Given, once: str = "") -> None:
    """Put what a reader gave into the inbox of whose story it was.

    Sent twice with the same `once` (any text but ""), it is kept once. Raises MayNotReply,
    NoLongerActive if the share has ended meanwhile, HandOverNotAllowed, or TooManyReplies.
    """
    reading = answerable(services.pepper, capability)
    reply_id = _reply_id(reading, once)
    with services.database.write() as connection:
        share = _live_share(connection, reading)
        if given.kind == "handover" and not share.may_hand_over:
            raise HandOverNotAllowed
        if _is_there(connection, share, reply_id):
            return
        _refuse_too_many(connection, share, reading)
        place = reply_place(share.passport_id, share.share_id, reply_id)
        text = reply_text(given, reading.reader)
        connection.execute(
            insert(_replies).values(
                passport_id=share.passport_id,
                share_id=share.share_id,
                reply_id=reply_id,
                receipt_id=reading.receipt_id,
                sealed=services.sealer.seal(bytes(share.inbox_public_key), text, place),
                created_ms=int(clock.now().timestamp() * 1000),
            )
        )


def _live_share(connection: Connection, reading: Answerable) -> Any:
    # Locked until the reply is kept: those sent at once are counted one after the other.
    needed: tuple[Any, ...] = (
        _shares.c.passport_id,
        _shares.c.share_id,
        _shares.c.is_paused,
        _shares.c.expires_at,
        _shares.c.attempts_left,
        _shares.c.may_hand_over,
        tables.passports.c.inbox_public_key,
    )
    share = connection.execute(
        select(*needed)
        .join_from(_shares, tables.passports)
        .where(_shares.c.address_lookup == reading.address_lookup)
        .with_for_update(of=_shares, key_share=True)
    ).first()
    if share is None or not is_live(share):
        raise NoLongerActive
    return share


def _is_there(connection: Connection, share: Row[Any], reply_id: str) -> bool:
    query = select(_replies.c.reply_id).where(*_to(share), _replies.c.reply_id == reply_id)
    return connection.execute(query).first() is not None


def _refuse_too_many(connection: Connection, share: Row[Any], reading: Answerable) -> None:
    since = int(clock.now().timestamp() * 1000) - _DAY_MS
    to_reading = _replies.c.receipt_id == reading.receipt_id
    counts = select(func.count()).select_from(_replies).where(*_to(share))
    if connection.execute(counts.where(to_reading)).scalar_one() >= MOST_TO_A_READING:
        raise TooManyReplies
    if connection.execute(counts.where(_replies.c.created_ms > since)).scalar_one() >= (
        MOST_IN_A_DAY
    ):
        raise TooManyReplies


def _to(share: Row[Any]) -> tuple[Any, Any]:
    return (
        _replies.c.passport_id == share.passport_id,
        _replies.c.share_id == share.share_id,
    )


def _reply_id(reading: Answerable, once: str) -> str:
    # Bound to the reading, so that no `once` of one reader can name another's reply.
    bound = f"{reading.receipt_id} {once}".encode("utf-8", "surrogatepass")
    return sha256(bound).hexdigest()[:32] if once else new_id()
