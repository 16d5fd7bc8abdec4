"""An emergency card: opens in one press, and its owner is told of each opening."""

import pytest

from passport.access import NotPermitted
from passport.accounts.sessions import open_session
from passport.sharing.change_share import revoke_share
from passport.sharing.create_share import create_share
from passport.sharing.emergency import emergency_terms, openings_seen
from passport.sharing.errors import NotAllowed
from passport.sharing.inbox_news import InboxNews, inbox_news
from passport.sharing.share import Share, ShareTerms
from passport.sharing.share_document import document_of
from passport.sharing.shlink import link_of, parse
from passport.storage.database import Database
from passport.story.sections import read_story
from tests.residents import PEPPER, Resident, new_resident
from tests.sharing.clinician import read
from tests.supporters import some_terms, supporter_of


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("please-do", ["Knock first"])
    resident.write("crisis", {"helps": ["Quiet"]}, sensitive=True)
    return resident


def _card(bee: Resident, *sensitive: str) -> Share:
    sections = ("please-do", *sensitive)
    terms = emergency_terms("My wallet", sections, sensitive=sensitive)
    return create_share(bee.database, PEPPER, bee.passport, terms)


def _news(bee: Resident) -> InboxNews:
    return inbox_news(bee.database, bee.passport.passport_id)


def test_an_emergency_card_has_no_passcode_and_no_end_and_says_what_it_is(bee: Resident) -> None:
    card = _card(bee)
    assert (card.passcode, card.expires_at, card.terms.is_direct) == (None, None, False)
    link = link_of(card, "https://passport.example")
    assert link is not None
    found = parse(link.to_uri())
    assert (found.is_emergency, found.flag, found.may_hand_over) == (True, "L", False)


def test_other_links_are_not_a_letter_longer(bee: Resident) -> None:
    link = link_of(bee.share("please-do"), "https://passport.example")
    assert link is not None
    assert not parse(link.to_uri()).is_emergency
    assert b"_kind" not in _payload(link.to_uri())


@pytest.mark.parametrize("more", [{"with_passcode": True}, {"is_direct": True}])
def test_nothing_may_stand_in_the_way_of_who_helps(bee: Resident, more: dict) -> None:
    terms = {"duration": "until-stopped", "is_emergency": True, **more}
    with pytest.raises(NotAllowed):
        bee.share("please-do", **terms)
    with pytest.raises(NotAllowed):
        bee.share("please-do", **(terms | {"duration": "year", "with_passcode": False}))


def test_a_sensitive_part_is_on_it_only_if_it_was_ticked_apart(bee: Resident) -> None:
    terms = emergency_terms("My wallet", ("please-do", "crisis"))
    card = create_share(bee.database, PEPPER, bee.passport, terms)
    assert "Quiet" not in read(bee.database, card)
    assert "Quiet" in read(bee.database, _card(bee, "crisis"))


def test_she_is_told_of_each_opening_until_she_has_seen_it(bee: Resident) -> None:
    assert not _news(bee).has_card
    card, other = _card(bee), bee.share("please-do")
    assert (_news(bee).has_card, _news(bee).openings) == (True, 0)
    read(bee.database, other)
    assert _news(bee).openings == 0
    read(bee.database, card)
    first = _news(bee)
    assert first.openings == 1
    read(bee.database, card)
    openings_seen(bee.database, bee.passport, first.newest_ms)
    assert _news(bee).openings == 1
    openings_seen(bee.database, bee.passport, _news(bee).newest_ms)
    assert _news(bee).openings == 0


def test_nobody_makes_her_miss_an_opening_that_is_still_to_come(bee: Resident) -> None:
    card = _card(bee)
    openings_seen(bee.database, bee.passport, 10**14)
    read(bee.database, card)
    assert _news(bee).openings == 1


def test_stopping_the_card_does_not_hide_that_it_was_opened(bee: Resident) -> None:
    card = _card(bee)
    read(bee.database, card)
    revoke_share(bee.database, bee.passport, card.share_id)
    assert _news(bee).openings == 1


def test_another_passports_card_is_no_news(bee: Resident) -> None:
    read(bee.database, _card(bee))
    assert _news(new_resident(bee.database)).openings == 0


def test_a_supporter_cannot_take_the_news_away(bee: Resident) -> None:
    read(bee.database, _card(bee))
    sam = supporter_of(bee, some_terms("read", "write", "share"))
    sam.begins()
    helping = open_session(bee.database, sam.own.cookie)
    assert helping is not None
    with pytest.raises(NotPermitted):
        openings_seen(bee.database, helping, _news(bee).newest_ms)


def test_all_that_is_on_a_card_stands_on_the_first_screen(bee: Resident) -> None:
    bee.write("home", "A ramp at the back door")
    bee.write("communicate", {"text": "Slowly"})
    told = ("home", "communicate", "please-do")
    terms = emergency_terms("My wallet", told)
    card = create_share(bee.database, PEPPER, bee.passport, terms)
    with bee.database.read() as connection:
        story = read_story(connection, bee.passport)
    assert document_of(card, story).first_screen == ("please-do", "communicate", "home")
    assert document_of(bee.share(*told), story).first_screen == ("please-do", "communicate")


def _payload(uri: str) -> bytes:
    from base64 import urlsafe_b64decode

    text = uri.removeprefix("shlink:/")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_terms_of_a_card_are_for_a_share_like_any_other() -> None:
    assert emergency_terms("Fridge", ("please-do",)) == ShareTerms(
        "Fridge", ("please-do",), duration="until-stopped", is_emergency=True
    )
