"""What the resident does with what readers gave back: accept, decline, thank."""

from dataclasses import replace

from sqlalchemy import Connection

from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.errors import NotAllowed
from passport.sharing.inbox import InboxItem, change_state, find_item
from passport.sharing.reply import Reply
from passport.sharing.save_section import refresh_shares
from passport.sharing.thanks import LONGEST_THANKS, keep_thanks
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story import sections
from passport.story.catalogue import section_type
from passport.story.section import Content, Section, SectionDraft
from passport.story.text_rules import clean_text
from passport.words_to_translate import N_


def accept_suggestion(database: Database, passport: UnlockedPassport, reply_id: str) -> Section:
    """Put a suggestion's words after her own, as a new version that says who suggested them.

    Raises UnknownReply, NotAllowed if it was answered already or does not fit into its part, and
    what `story.sections.save_section` raises.
    """
    with database.write() as connection:
        item = _waiting(connection, passport, reply_id)
        key = item.reply.given.section
        current = sections.find_section(connection, passport, key)
        saved = sections.save_section(
            connection,
            passport,
            # As from a form of its own: what she is typing into hers is none of it, and stays.
            replace(_with_suggestion(key, current, item.reply.given.words), form=reply_id),
            current.version if current else 0,
            suggested_by=who_says(item.reply),
        )
        refresh_shares(connection, passport, key)
        change_state(connection, passport, item, decision="accepted")
        record(
            connection, passport, "suggestion-accepted", who=who_says(item.reply), title=saved.title
        )
    return saved


def decline_suggestion(database: Database, passport: UnlockedPassport, reply_id: str) -> None:
    """Leave her story as it is. Raises UnknownReply, NotAllowed if it was answered already."""
    with database.write() as connection:
        item = _waiting(connection, passport, reply_id)
        change_state(connection, passport, item, decision="declined")
        record(connection, passport, "suggestion-declined", who=who_says(item.reply))


def thank(database: Database, passport: UnlockedPassport, reply_id: str, words: str) -> None:
    """Leave a thank-you for whoever gave this. Raises UnknownReply, NotAllowed."""
    words = clean_text(words).strip()
    if not words or len(words) > LONGEST_THANKS:
        raise NotAllowed(
            N_("Write your thank-you in up to %(number)s letters."), number=LONGEST_THANKS
        )
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        item = find_item(connection, passport, reply_id)
        if not item.may_be_thanked:
            raise NotAllowed(N_("A thank-you can't reach them any more."))
        keep_thanks(connection, passport, item.share, item.reply, words)
        change_state(connection, passport, item, thanks=words)
        record(connection, passport, "reader-thanked", who=who_says(item.reply))


def who_says(reply: Reply) -> str:
    """Who gave it: the organisation that proved itself, or their own words."""
    reader = reply.reader
    return reader.verified_as or reader.recipient


def _waiting(connection: Connection, passport: UnlockedPassport, reply_id: str) -> InboxItem:
    lock_passport(connection, passport.passport_id)
    item = find_item(connection, passport, reply_id)
    if not item.waits_for_decision:
        raise NotAllowed(N_("You have already answered this."))
    return item


def _with_suggestion(key: str, current: Section | None, words: str) -> SectionDraft:
    content: Content = dict(current.content) if current else {}
    title = current.title if current else ""
    part = _part_for(key, bool(current))
    if part is None:
        raise NotAllowed(
            N_("This can't be added with one press. Add it yourself, in your own words.")
        )
    name, kind = part
    if kind == "lines":
        content[name] = [*(content.get(name) or []), *words.splitlines()]
    else:
        mine = content.get(name) or ""
        content[name] = f"{mine}\n\n{words}" if mine else words
    sensitive, language = (current.sensitive, current.language) if current else (False, "en")
    return SectionDraft(key, content, title, sensitive, language)


def _part_for(key: str, is_there: bool) -> tuple[str, str] | None:
    """The question of this section that takes words, and its kind."""
    kind = section_type(key)
    # A part of her own that she has none of has no title that she gave it.
    if kind is None or (key.startswith("own-") and not is_there):
        return None
    return next(((p.key, p.kind) for p in kind.parts if p.kind in ("lines", "text")), None)
