"""What readers gave back, and what its owner said came of being read, as an export holds them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.inbox import InboxItem, read_inbox
from passport.sharing.told_again import ToldAgain, read_answers

MOST_REPLIES = 20_000


def exported_inbox(connection: Connection, passport: UnlockedPassport) -> list[dict[str, Any]]:
    """Every reply, newest first, with what she did with it."""
    return [_reply(item) for item in read_inbox(connection, passport, MOST_REPLIES)]


def exported_answers(connection: Connection, passport: UnlockedPassport) -> list[dict[str, Any]]:
    """Every answer to the one question after a reading, oldest first."""
    return [_answer(one) for one in read_answers(connection, passport)]


def _reply(item: InboxItem) -> dict[str, Any]:
    reply, state = item.reply, item.state
    return {
        "share": item.share.record.organisation or item.share.terms.recipient,
        "kind": reply.given.kind,
        "words": reply.given.words,
        "section": reply.given.section,
        "role": reply.given.role,
        "team": reply.given.team,
        "reader": reply.reader.recipient,
        "verified_as": reply.reader.verified_as,
        "at": reply.at.isoformat(),
        "seen_at": datetime.fromtimestamp(state.seen_at, UTC).isoformat() if state else None,
        "decision": state.decision if state else None,
        "thanks": state.thanks if state else "",
    }


def _answer(one: ToldAgain) -> dict[str, Any]:
    return {
        "share": one.share_id,
        "day": one.day.isoformat(),
        "answer": one.answer,
        "answered_at": one.answered_at.isoformat(),
    }
