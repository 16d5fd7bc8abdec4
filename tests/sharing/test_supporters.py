"""Services hold a supporter to what the owner allowed, verb by verb."""

import pytest

from passport.access import NotPermitted
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import (
    extend_share,
    get_share,
    list_shares,
    pause_share,
    renew_passcode,
    resume_share,
    revoke_share,
)
from passport.sharing.create_share import create_share
from passport.sharing.errors import UnknownShare
from passport.sharing.receipts import list_receipts
from passport.sharing.save_section import restore_section, save_section
from passport.sharing.share import ShareTerms
from passport.storage.database import Database
from passport.story.errors import SavedElsewhere
from passport.story.section import Section, SectionDraft
from passport.story.sections import (
    filled_keys,
    new_own_key,
    section,
    section_history,
    shareable_story,
    story,
)
from passport.trusts.grant_share import share_with_organisation
from tests.residents import PEPPER, Resident
from tests.sharing.clinician import read
from tests.supporters import helper_of, rosa_in


@pytest.fixture
def rosa(database: Database) -> Resident:
    return rosa_in(database)


def save(helper: UnlockedPassport, rosa: Resident, key: str, words: object, **more) -> Section:
    based_on = more.pop("based_on", 0)
    kind = {"please-do": "lines", "please-dont": "lines"}
    part = kind.get(key)
    content = words if isinstance(words, dict) else {part or "text": words}
    return save_section(rosa.database, helper, SectionDraft(key, content, **more), based_on)


def test_a_reader_sees_the_parts_granted_and_no_others(rosa: Resident) -> None:
    helper = helper_of(rosa, "read", sections=("please-do", "home"))
    assert [s.key for s in story(rosa.database, helper)] == ["please-do"]
    assert len(section_history(rosa.database, helper, "please-do")) == 1
    for key in ("most-important", "identity", "crisis", "own-00000000"):
        with pytest.raises(NotPermitted):
            section(rosa.database, helper, key)
        with pytest.raises(NotPermitted):
            section_history(rosa.database, helper, key)


def test_a_reader_changes_nothing(rosa: Resident) -> None:
    helper = helper_of(rosa, "read")
    old = section(rosa.database, helper, "please-do")
    for refused in (
        lambda: save(helper, rosa, "please-do", ["Sit down"], based_on=1),
        lambda: save(helper, rosa, "home", {}),
        lambda: restore_section(rosa.database, helper, old, 1, sensitive=False),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert section(rosa.database, rosa.passport, "please-do").version == 1


def test_what_a_supporter_wrote_says_so(rosa: Resident) -> None:
    helper = helper_of(rosa, "read", "write")
    assert save(helper, rosa, "please-do", ["Sit down first"], based_on=1).written_by == "Sam"
    mine = section(rosa.database, rosa.passport, "please-do")
    assert (mine.written_by, mine.version) == ("Sam", 2)
    history = section_history(rosa.database, rosa.passport, "please-do")
    assert [one.written_by for one in history] == ["Sam", "self"]


def test_the_owner_brings_her_words_back_with_one_press(rosa: Resident) -> None:
    helper = helper_of(rosa, "read", "write")
    save(helper, rosa, "please-do", ["Sit down first"], based_on=1)
    old = section(rosa.database, rosa.passport, "please-do", 1)
    back = restore_section(rosa.database, rosa.passport, old, 2, sensitive=False)
    assert (back.content, back.written_by, back.version) == (old.content, "self", 3)


def test_a_supporters_words_brought_back_by_the_owner_stay_the_supporters(rosa: Resident) -> None:
    helper = helper_of(rosa, "read", "write")
    sams = save(helper, rosa, "please-do", ["Sit down first"], based_on=1)
    rosa.write("please-do", ["No, stand"], based_on=2)
    back = restore_section(rosa.database, rosa.passport, sams, 3, sensitive=False)
    assert back.written_by == "Sam"


@pytest.mark.parametrize(
    ("hers", "helped"), [(["Sit down first", "And wait"], "Sam"), (["All new"], None)]
)
def test_the_owner_who_keeps_words_of_a_supporter_wrote_with_them(
    rosa: Resident, hers: list[str], helped: str | None
) -> None:
    helper = helper_of(rosa, "read", "write")
    save(helper, rosa, "please-do", ["Sit down first"], based_on=1)
    saved = rosa.write("please-do", hers, based_on=2)
    assert (saved.written_by, saved.supported_by) == ("self", helped)


def test_a_writer_who_may_not_read_fills_empty_parts_and_sees_no_words(rosa: Resident) -> None:
    helper = helper_of(rosa, "write")
    assert story(rosa.database, helper) == []
    assert "please-do" in filled_keys(rosa.database, helper)
    save(helper, rosa, "please-dont", ["Do not shout"])
    assert section(rosa.database, rosa.passport, "please-dont").written_by == "Sam"
    for based_on in (0, 1, 2):
        with pytest.raises(NotPermitted) as refusal:
            save(helper, rosa, "please-do", ["Sit"], based_on=based_on)
        assert not isinstance(refusal.value, SavedElsewhere)


def test_a_part_emptied_by_its_owner_can_be_filled_by_who_may_not_read(rosa: Resident) -> None:
    rosa.write("please-do", [])
    helper = helper_of(rosa, "write")
    assert save(helper, rosa, "please-do", ["Sit"]).version == 3


def test_a_writer_adds_parts_only_with_leave_for_all(rosa: Resident) -> None:
    for_some = helper_of(rosa, "read", "write", sections=("please-do",))
    with pytest.raises(NotPermitted):
        save(for_some, rosa, new_own_key(), {"text": "Biscuit"}, title="My dog")
    with pytest.raises(NotPermitted):
        save(for_some, rosa, "home", {})
    for_all = helper_of(rosa, "write")
    save(for_all, rosa, new_own_key(), {"text": "Biscuit"}, title="My dog")


def test_only_who_may_share_takes_the_mark_of_a_sensitive_part_off(rosa: Resident) -> None:
    helper = helper_of(rosa, "read", "write", sections=("crisis",))
    save(helper, rosa, "crisis", {"helps": ["Music"]}, based_on=1, sensitive=False)
    assert section(rosa.database, rosa.passport, "crisis").sensitive
    sharer = helper_of(rosa, "read", "write", "share", sections=("crisis",))
    save(sharer, rosa, "crisis", {"helps": ["Songs"]}, based_on=2, sensitive=False)
    assert not section(rosa.database, rosa.passport, "crisis").sensitive


def test_a_sharer_makes_shares_of_granted_parts_only(rosa: Resident) -> None:
    helper = helper_of(rosa, "share", sections=("please-do",))
    assert [s.key for s in shareable_story(rosa.database, helper)] == ["please-do"]
    made = create_share(rosa.database, PEPPER, helper, ShareTerms("Ward 7", ("please-do",)))
    assert [s.share_id for s in list_shares(rosa.database, helper)] == [made.share_id]
    for terms in (
        ShareTerms("Ward 7", ("please-do", "most-important")),
        ShareTerms("Ward 7", ("please-do",), identity=("called",)),
        ShareTerms("Ward 7", ("most-important",)),
    ):
        for once in ("", "once"):
            with pytest.raises(NotPermitted):
                create_share(rosa.database, PEPPER, helper, terms, once)
        with pytest.raises(NotPermitted):
            share_with_organisation(
                rosa.database, PEPPER, helper, terms, "0" * 32, "http://localhost"
            )


@pytest.mark.parametrize(
    "terms", [("most-important",), ("please-do", "most-important"), ("facts",)]
)
def test_shares_that_reach_further_do_not_exist_for_a_supporter(
    rosa: Resident, terms: tuple[str, ...]
) -> None:
    facts = {"identity": ("called",)} if "facts" in terms else {}
    keys = ("please-do",) if facts else terms
    share_id = rosa.share(*keys, with_passcode=True, **facts).share_id
    helper, database = helper_of(rosa, "read", "share", sections=("please-do",)), rosa.database
    assert list_shares(database, helper) == []
    for refused in (
        lambda: get_share(database, helper, share_id),
        lambda: pause_share(database, helper, share_id),
        lambda: resume_share(database, helper, share_id),
        lambda: extend_share(database, helper, share_id, "year"),
        lambda: renew_passcode(database, PEPPER, helper, share_id),
        lambda: revoke_share(database, helper, share_id),
    ):
        with pytest.raises(UnknownShare):
            refused()
    assert get_share(database, rosa.passport, share_id).record_version == 1


@pytest.mark.parametrize("permissions", [("read",), ("write",), ("read", "write")])
def test_who_may_not_share_sees_and_changes_no_share(
    rosa: Resident, permissions: tuple[str, ...]
) -> None:
    share_id = rosa.share("please-do", with_passcode=True).share_id
    helper, database = helper_of(rosa, *permissions), rosa.database
    for refused in (
        lambda: list_shares(database, helper),
        lambda: get_share(database, helper, share_id),
        lambda: list_receipts(database, helper),
        lambda: list_receipts(database, helper, share_id),
        lambda: pause_share(database, helper, share_id),
        lambda: resume_share(database, helper, share_id),
        lambda: extend_share(database, helper, share_id, "year"),
        lambda: renew_passcode(database, PEPPER, helper, share_id),
        lambda: revoke_share(database, helper, share_id),
        lambda: create_share(database, PEPPER, helper, ShareTerms("x", ("please-do",))),
    ):
        with pytest.raises(NotPermitted):
            refused()
    assert get_share(database, rosa.passport, share_id).record_version == 1


def test_a_sharer_changes_the_shares_within_reach(rosa: Resident) -> None:
    share_id = rosa.share("please-do", with_passcode=True).share_id
    helper, database = helper_of(rosa, "share", sections=("please-do",)), rosa.database
    pause_share(database, helper, share_id)
    assert get_share(database, rosa.passport, share_id).state == "paused"
    resume_share(database, helper, share_id)
    renew_passcode(database, PEPPER, helper, share_id)
    revoke_share(database, helper, share_id)
    assert get_share(database, rosa.passport, share_id).state == "revoked"


def test_receipts_of_shares_beyond_reach_are_not_shown(rosa: Resident) -> None:
    near, far = rosa.share("please-do"), rosa.share("most-important")
    for share in (near, far):
        read(rosa.database, share)
    helper = helper_of(rosa, "share", sections=("please-do",))
    assert [r.share_id for r in list_receipts(rosa.database, helper)] == [near.share_id]
    assert list_receipts(rosa.database, helper, far.share_id) == []


def test_a_supporters_save_reaches_shares_that_they_may_not_see(rosa: Resident) -> None:
    share = rosa.share("please-do", "most-important")
    helper = helper_of(rosa, "read", "write", sections=("please-do",))
    save(helper, rosa, "please-do", ["Sit down first"], based_on=1)
    bundle = read(rosa.database, share)
    assert "Sit down first" in bundle
    assert "Sam" in bundle
    assert "RelatedPerson" in bundle
