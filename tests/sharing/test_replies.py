"""What readers give back reaches the resident's inbox, and nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from passport import clock
from passport.access import NotPermitted
from passport.accounts.sessions import open_session
from passport.sharing.answer_reply import accept_suggestion, decline_suggestion, thank
from passport.sharing.change_share import pause_share, resume_share, revoke_share
from passport.sharing.errors import (
    HandOverNotAllowed,
    MayNotReply,
    NoLongerActive,
    NotAllowed,
    TooManyReplies,
    UnknownReply,
)
from passport.sharing.inbox import list_inbox, mark_seen
from passport.sharing.inbox_news import inbox_news
from passport.sharing.leave_reply import MOST_IN_A_DAY, MOST_TO_A_READING, leave_reply
from passport.sharing.receipts import Reader
from passport.sharing.reply import Given
from passport.sharing.reply_capability import GOOD_FOR_SECONDS, capability_for
from passport.sharing.share import Share
from passport.sharing.thanks import fetch_thanks, lookup_of_secret
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.story.drafts import find_drafts, save_draft
from passport.story.sections import section, section_history
from tests.residents import PEPPER, Resident, new_resident, reading
from tests.sharing.clinician import NURSE, address_of, read
from tests.supporters import some_terms, supporter_of

SECRET = "s" * 43


def _capability(share: Share, reader: Reader = NURSE) -> str:
    return capability_for(PEPPER, address_of(share), new_id(), reader)


def _reply(resident: Resident, share: Share, kind: str = "message", **given: str) -> None:
    words = {"words": "Your new frame is here"} | given
    leave_reply(reading(resident.database), _capability(share), Given(kind, **words))


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("please-do", ["Knock first"])
    return resident


def test_what_a_reader_gives_back_is_in_her_inbox_with_who_and_when(bee: Resident) -> None:
    share = bee.share("please-do")
    _reply(bee, share, "acknowledgement", words="We will knock")
    (item,) = list_inbox(bee.database, bee.passport)
    assert item.reply.given == Given("acknowledgement", "We will knock")
    assert item.reply.reader == NURSE
    assert item.share.share_id == share.share_id
    assert clock.now() - item.reply.at < timedelta(minutes=1)


def test_it_is_new_until_she_has_seen_it(bee: Resident) -> None:
    share = bee.share("please-do")
    _reply(bee, share)
    _reply(bee, share)
    assert _unread(bee) == 2
    mark_seen(bee.database, bee.passport, list_inbox(bee.database, bee.passport)[:1])
    assert _unread(bee) == 1
    mark_seen(bee.database, bee.passport, list_inbox(bee.database, bee.passport))
    assert _unread(bee) == 0


@pytest.mark.parametrize("forged", ["", ".", "a.b", "é.é", "A" * 60 + "." + "A" * 43])
def test_nobody_answers_without_having_read(bee: Resident, forged: str) -> None:
    bee.share("please-do")
    with pytest.raises(MayNotReply):
        leave_reply(reading(bee.database), forged, Given("message", "Hello"))


def test_a_capability_changed_anywhere_is_refused(bee: Resident) -> None:
    text, proof = _capability(bee.share("please-do")).split(".")
    for changed in (f"{text[:-2]}AA.{proof}", f"{text}.{proof[:-2]}AA"):
        with pytest.raises(MayNotReply):
            leave_reply(reading(bee.database), changed, Given("message", "Hello"))


def test_a_shift_later_the_story_must_be_opened_again(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    capability = _capability(bee.share("please-do"))
    later = clock.epoch() + GOOD_FOR_SECONDS + 1
    monkeypatch.setattr(clock, "epoch", lambda: later)
    with pytest.raises(MayNotReply):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"))


def test_a_share_that_is_paused_or_stopped_takes_no_reply(bee: Resident) -> None:
    share = bee.share("please-do")
    capability = _capability(share)
    pause_share(bee.database, bee.passport, share.share_id)
    with pytest.raises(NoLongerActive):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"))
    resume_share(bee.database, bee.passport, share.share_id)
    leave_reply(reading(bee.database), capability, Given("message", "Hello"))
    revoke_share(bee.database, bee.passport, share.share_id)
    with pytest.raises(NoLongerActive):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"))
    assert len(list_inbox(bee.database, bee.passport)) == 1


def test_a_reply_sent_twice_is_kept_once(bee: Resident) -> None:
    capability = _capability(bee.share("please-do"))
    for _ in range(2):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"), once="press 1")
    assert len(list_inbox(bee.database, bee.passport)) == 1


def test_one_reading_cannot_fill_an_inbox(bee: Resident) -> None:
    capability = _capability(bee.share("please-do"))
    for _ in range(MOST_TO_A_READING):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"))
    with pytest.raises(TooManyReplies):
        leave_reply(reading(bee.database), capability, Given("message", "Hello"))


def test_many_readings_of_a_share_cannot_either(bee: Resident) -> None:
    share = bee.share("please-do")
    for _ in range(MOST_IN_A_DAY):
        _reply(bee, share)
    with pytest.raises(TooManyReplies):
        _reply(bee, share)
    assert _unread(bee) == MOST_IN_A_DAY


def test_a_story_is_handed_over_only_where_she_allowed_it(bee: Resident) -> None:
    closed, open_ = bee.share("please-do"), bee.share("please-do", may_hand_over=True)
    colleague = {"role": "Night nurse", "team": "Rose ward", "words": ""}
    with pytest.raises(HandOverNotAllowed):
        _reply(bee, closed, "handover", **colleague)
    _reply(bee, open_, "handover", **colleague)
    (item,) = list_inbox(bee.database, bee.passport)
    assert (item.reply.given.role, item.reply.given.team) == ("Night nurse", "Rose ward")


def test_an_accepted_suggestion_stands_after_her_own_words_and_says_whose_it_is(
    bee: Resident,
) -> None:
    share = bee.share("please-do")
    _reply(bee, share, "suggestion", section="please-do", words="Offer the frame\nWait")
    (item,) = list_inbox(bee.database, bee.passport)
    accept_suggestion(bee.database, bee.passport, item.reply.reply_id)
    newest, first = section_history(bee.database, bee.passport, "please-do")
    assert newest.content == {"lines": ["Knock first", "Offer the frame", "Wait"]}
    assert (newest.written_by, newest.supported_by) == ("self", NURSE.recipient)
    assert first.content == {"lines": ["Knock first"]}
    assert "Offer the frame" in read(bee.database, share)
    with pytest.raises(NotAllowed):
        accept_suggestion(bee.database, bee.passport, item.reply.reply_id)


def test_accepting_a_suggestion_keeps_what_she_is_typing_elsewhere(bee: Resident) -> None:
    _reply(bee, bee.share("please-do"), "suggestion", section="please-do")
    save_draft(bee.database, bee.passport, "please-do", [("do", "Half a word")], "open form")
    (item,) = list_inbox(bee.database, bee.passport)
    accept_suggestion(bee.database, bee.passport, item.reply.reply_id)
    (draft,) = find_drafts(bee.database, bee.passport, "please-do")
    assert draft.fields == [("do", "Half a word")]


def test_a_declined_suggestion_changes_nothing(bee: Resident) -> None:
    _reply(bee, bee.share("please-do"), "suggestion", section="please-do")
    (item,) = list_inbox(bee.database, bee.passport)
    decline_suggestion(bee.database, bee.passport, item.reply.reply_id)
    assert section(bee.database, bee.passport, "please-do").version == 1
    (item,) = list_inbox(bee.database, bee.passport)
    assert item.state is not None
    assert item.state.decision == "declined"


def test_a_suggestion_that_fits_no_question_is_left_to_her(bee: Resident) -> None:
    share = bee.share("please-do")
    _reply(bee, share, "suggestion", section="own-0badcafe")
    (item,) = list_inbox(bee.database, bee.passport)
    with pytest.raises(NotAllowed):
        accept_suggestion(bee.database, bee.passport, item.reply.reply_id)
    assert section(bee.database, bee.passport, "please-do").version == 1


def test_a_thank_you_reaches_the_device_that_answered_and_only_with_the_link(
    bee: Resident,
) -> None:
    share = bee.share("please-do")
    _reply(bee, share, "acknowledgement", thanks_to=lookup_of_secret(SECRET))
    (item,) = list_inbox(bee.database, bee.passport)
    thank(bee.database, bee.passport, item.reply.reply_id, "You listened.")
    thank(bee.database, bee.passport, item.reply.reply_id, "Thank you. You listened.")
    (jwe,) = fetch_thanks(bee.database, SECRET)
    assert "Thank you. You listened." in _text(share, jwe)
    assert fetch_thanks(bee.database, "t" * 43) == []
    revoke_share(bee.database, bee.passport, share.share_id)
    assert fetch_thanks(bee.database, SECRET) == []


def test_who_kept_no_secret_cannot_be_thanked(bee: Resident) -> None:
    _reply(bee, bee.share("please-do"), "acknowledgement")
    (item,) = list_inbox(bee.database, bee.passport)
    with pytest.raises(NotAllowed):
        thank(bee.database, bee.passport, item.reply.reply_id, "Thank you")


def test_a_supporter_who_shares_sees_no_replies(bee: Resident) -> None:
    _reply(bee, bee.share("please-do"))
    (item,) = list_inbox(bee.database, bee.passport)
    sam = supporter_of(bee, some_terms("read", "write", "share"))
    sam.begins()
    helping = open_session(bee.database, sam.own.cookie)
    assert helping is not None
    reply_id = item.reply.reply_id
    for act in (
        lambda: list_inbox(bee.database, helping),
        lambda: accept_suggestion(bee.database, helping, reply_id),
        lambda: decline_suggestion(bee.database, helping, reply_id),
        lambda: thank(bee.database, helping, reply_id, "Thanks"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_another_resident_finds_nothing_of_it(bee: Resident) -> None:
    _reply(bee, bee.share("please-do"), "suggestion", section="please-do")
    (item,) = list_inbox(bee.database, bee.passport)
    other = new_resident(bee.database)
    assert list_inbox(bee.database, other.passport) == []
    for reply_id in (item.reply.reply_id, "no id"):
        with pytest.raises(UnknownReply):
            accept_suggestion(bee.database, other.passport, reply_id)


def test_a_damaged_reply_is_said_to_be_so_and_hides_no_other(bee: Resident) -> None:
    share = bee.share("please-do")
    _reply(bee, share, words="First")
    replies, mine = tables.replies, tables.replies.c.share_id == share.share_id
    with bee.database.write() as connection:
        whole = connection.execute(select(replies.c.sealed).where(mine)).scalar_one()
        damaged = whole[:-1] + bytes([whole[-1] ^ 1])
        connection.execute(replies.update().where(mine).values(sealed=damaged))
    _reply(bee, share, words="Second")
    found = {item.reply.given.words: item.reply.is_damaged for item in _items(bee)}
    assert found == {"Second": False, "": True}


def test_erasing_a_passport_leaves_no_reply(bee: Resident) -> None:
    from passport.leaving.erase import erase_passport

    _reply(bee, bee.share("please-do"), "acknowledgement", thanks_to=lookup_of_secret(SECRET))
    (item,) = _items(bee)
    thank(bee.database, bee.passport, item.reply.reply_id, "Thank you")
    erase_passport(bee.database, bee.passport)
    with bee.database.read() as connection:
        for table in (tables.replies, tables.reply_states, tables.thanks):
            mine = table.c.passport_id == bee.passport.passport_id
            count = select(func.count()).select_from(table).where(mine)
            assert connection.execute(count).scalar_one() == 0


def test_a_share_made_before_hand_over_existed_still_opens(bee: Resident) -> None:
    from passport.sharing.share import ShareRecord

    share = bee.share("please-do")
    old = share.record.to_json().replace(b',"may_hand_over":false,"is_emergency":false', b"")
    assert b"is_emergency" not in old
    assert ShareRecord.from_json(old) == replace(share.record)


def _unread(resident: Resident) -> int:
    return inbox_news(resident.database, resident.passport.passport_id).unread


def _items(resident: Resident) -> list:
    return list_inbox(resident.database, resident.passport)


def _text(share: Share, jwe: str) -> str:
    from passport.crypto.share_file import decode_key, decrypt_file

    assert share.record.secrets is not None
    return decrypt_file(decode_key(share.record.secrets.share_key), jwe)[0].decode()
