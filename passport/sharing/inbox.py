"""The resident's inbox: what readers gave back, and what she did with it. Hers alone.

A supporter who shares sees who read a share of theirs. What a nurse writes to the resident may say
more than the shared parts do, so that no supporter sees it.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select, update

from passport import clock
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.inbox import open_item
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.errors import UnknownReply
from passport.sharing.receipts import DAMAGED
from passport.sharing.reply import Given, Reply, reply_from, reply_place
from passport.sharing.share import Share
from passport.sharing.share_rows import all_shares
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id
from passport.storage.inbox_keys import inbox_private_key

MOST_SHOWN = 50
Decision = Literal["accepted", "declined"]
_replies, _states = tables.replies, tables.reply_states


@dataclass(frozen=True)
class ReplyState:
    """What the resident did with a reply. `seen_at` is epoch seconds."""

    seen_at: int
    decision: Decision | None = None
    thanks: str = ""


@dataclass(frozen=True)
class InboxItem:
    """A reply beside the share that it is about, and what became of it; no state if not seen."""

    reply: Reply
    share: Share
    state: ReplyState | None = None

    @property
    def may_be_thanked(self) -> bool:
        """Whether a thank-you would reach whoever gave this."""
        return bool(self.reply.given.thanks_to) and self.share.record.secrets is not None

    @property
    def waits_for_decision(self) -> bool:
        """Whether it is a suggestion that she has neither accepted nor declined."""
        is_open = self.state is None or self.state.decision is None
        return self.reply.given.kind == "suggestion" and is_open


def count_unread(connection: Connection, passport_id: str) -> int:
    """How many replies the owner has not seen yet."""
    unseen = select(func.count()).select_from(_replies).where(*_unseen(passport_id))
    return int(connection.execute(unseen).scalar_one())


def list_inbox(database: Database, passport: UnlockedPassport, skip: int = 0) -> list[InboxItem]:
    """What came back, newest first; at most 50, after `skip` others. Raises NotPermitted."""
    passport.access.require_owner()
    with database.read() as connection:
        return read_inbox(connection, passport, MOST_SHOWN, skip)


def read_inbox(
    connection: Connection, passport: UnlockedPassport, most: int, skip: int = 0
) -> list[InboxItem]:
    """The same, in a transaction of the caller's."""
    passport.access.require_owner()
    query = _with_states(passport).order_by(_replies.c.created_ms.desc(), _replies.c.reply_id)
    rows = connection.execute(query.limit(most).offset(skip)).all()
    return _opened(connection, passport, rows)


def find_item(connection: Connection, passport: UnlockedPassport, reply_id: str) -> InboxItem:
    """One reply. Raises NotPermitted, UnknownReply."""
    passport.access.require_owner()
    if not is_id(reply_id):
        raise UnknownReply
    query = _with_states(passport).where(_replies.c.reply_id == reply_id)
    found = _opened(connection, passport, connection.execute(query).all())
    if not found or found[0].reply.is_damaged:
        raise UnknownReply
    return found[0]


def mark_seen(database: Database, passport: UnlockedPassport, items: list[InboxItem]) -> None:
    """Remember that its owner has these before her."""
    passport.access.require_owner()
    new = [item for item in items if item.state is None]
    if not new:
        return
    with database.write() as connection:
        for item in new:
            # Another tab may have shown it at the same moment.
            if not _version(connection, passport, item.reply):
                write_state(connection, passport, item.reply, ReplyState(clock.epoch()))


def change_state(
    connection: Connection, passport: UnlockedPassport, item: InboxItem, **changed: Any
) -> None:
    """Remember what she did with this reply."""
    state = item.state or ReplyState(clock.epoch())
    write_state(connection, passport, item.reply, replace(state, **changed))


def write_state(
    connection: Connection, passport: UnlockedPassport, reply: Reply, state: ReplyState
) -> None:
    """Seal and keep a state, in place of what there was."""
    version = _version(connection, passport, reply) + 1
    text = json.dumps(asdict(state), ensure_ascii=False).encode()
    row_id = f"{reply.share_id}/{reply.reply_id}"
    values = {
        "version": version,
        "sealed": passport.seal(labels.REPLY_STATE, row_id, text, version),
    }
    if version > 1:
        connection.execute(update(_states).where(*_of(passport, reply)).values(values))
        return
    place = {"share_id": reply.share_id, "reply_id": reply.reply_id}
    connection.execute(insert(_states).values(passport_id=passport.passport_id, **place, **values))


def _version(connection: Connection, passport: UnlockedPassport, reply: Reply) -> int:
    query = select(_states.c.version).where(*_of(passport, reply))
    return int(connection.execute(query).scalar() or 0)


def _of(passport: UnlockedPassport, reply: Reply) -> tuple[Any, ...]:
    return (
        _states.c.passport_id == passport.passport_id,
        _states.c.share_id == reply.share_id,
        _states.c.reply_id == reply.reply_id,
    )


def _unseen(passport_id: str) -> tuple[Any, ...]:
    seen = select(_states.c.reply_id).where(
        _states.c.passport_id == passport_id,
        _states.c.share_id == _replies.c.share_id,
        _states.c.reply_id == _replies.c.reply_id,
    )
    return _replies.c.passport_id == passport_id, ~seen.exists()


def _with_states(passport: UnlockedPassport) -> Any:
    same = (
        (_states.c.passport_id == _replies.c.passport_id)
        & (_states.c.share_id == _replies.c.share_id)
        & (_states.c.reply_id == _replies.c.reply_id)
    )
    state = (_states.c.version, _states.c.sealed.label("sealed_state"))
    return (
        select(_replies, *state)
        .outerjoin(_states, same)
        .where(_replies.c.passport_id == passport.passport_id)
    )


def _opened(connection: Connection, passport: UnlockedPassport, rows: Any) -> list[InboxItem]:
    if not rows:
        return []
    private_key = inbox_private_key(connection, passport)
    shares = {share.share_id: share for share in all_shares(connection, passport)}
    return [
        InboxItem(_reply(private_key, row), shares[row.share_id], _state(passport, row))
        for row in rows
        if row.share_id in shares
    ]


def _reply(private_key: bytes, row: Any) -> Reply:
    place = reply_place(row.passport_id, row.share_id, row.reply_id)
    try:
        return reply_from(open_item(private_key, row.sealed, place), row.share_id, row.reply_id)
    except (CannotOpen, ValueError):
        # One that somebody damaged must not hide the others, nor be hidden itself.
        at = datetime.fromtimestamp(row.created_ms / 1000, UTC)
        damaged = Given("message")
        return Reply(row.share_id, row.reply_id, DAMAGED, damaged, at, is_damaged=True)


def _state(passport: UnlockedPassport, row: Any) -> ReplyState | None:
    if row.sealed_state is None:
        return None
    row_id = f"{row.share_id}/{row.reply_id}"
    try:
        text = passport.open(labels.REPLY_STATE, row_id, row.sealed_state, row.version)
    except CannotOpen:
        return ReplyState(0)
    return ReplyState(**json.loads(text))
