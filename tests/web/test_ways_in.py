"""The ways in, on pages: seen, added, named, replaced and removed, without scripts."""

import re

import pytest

from passport.accounts import slots
from passport.accounts.owner_cards import ATTEMPTS, card_code, confirm_card, make_card
from passport.accounts.ways_in import list_ways_in
from tests.residents import CHEAP, PASSPHRASE, Resident
from tests.web.visitor import Visitor

NEW = "lantern gravel mosaic otter"
PIN = "8352"


def way(maud: Resident, kind: str) -> str:
    found = list_ways_in(maud.database, maud.passport)
    return next(w.slot_id for w in found if w.kind == kind)


def suggested(page: str) -> str:
    found = re.search(r'passport-suggestion"[^>]*>([^<]*)<', page)
    return found[1] if found else ""


def new_card(maud: Resident, name: str = "Purse") -> tuple[str, str]:
    slot_id = make_card(maud.database, CHEAP, maud.passport, PIN, name)
    code = card_code(maud.database, maud.passport, slot_id) or ""
    confirm_card(maud.database, maud.passport, slot_id)
    return slot_id, code


@pytest.fixture
def kept(maud: Resident) -> Resident:
    """Maud, who has kept her recovery code."""
    slots.confirm_recovery_code(maud.database, maud.passport)
    return maud


def test_the_account_leads_to_the_ways_in(signed_in):
    assert 'href="/account"' in signed_in.sees("/story").text
    assert 'href="/ways-in"' in signed_in.sees("/account").text


def test_every_way_in_is_listed_with_its_age(signed_in, kept):
    new_card(kept)
    page = signed_in.sees("/ways-in").text
    assert page.count("Made today.") == 3
    assert "Purse" in page
    assert f"{ATTEMPTS} wrong PINs are allowed" in page


def test_with_one_way_in_she_is_told_to_add_another(signed_in, maud):
    page = signed_in.sees("/ways-in").text
    assert "You have only one way in." in page
    assert "This is your last way in" in page


def test_the_last_way_in_can_not_be_removed(signed_in, kept):
    page = f"/ways-in/{way(kept, 'passphrase')}/remove"
    form = signed_in.form(page).filled({})
    signed_in.sends(f"/ways-in/{way(kept, 'recovery-code')}/remove")
    answer = signed_in.client.post(page, data=form)
    assert answer.status_code == 409
    assert "This is your last way in" in answer.text
    assert signed_in.sees("/ways-in").status_code == 200


def test_removing_what_another_device_removed_says_so(app, signed_in, kept):
    slot_id, _ = new_card(kept)
    page = f"/ways-in/{slot_id}/remove"
    form = signed_in.form(page).filled({})
    assert signed_in.client.post(page, data=form).location == "/ways-in"
    again = signed_in.client.post(page, data=form)
    assert again.status_code == 404
    assert "here or on another device" in again.text
    assert "It is removed" in again.text  # what the first press did


def test_a_name_is_given_and_changed(signed_in, kept):
    slot_id = way(kept, "recovery-code")
    signed_in.sends(f"/ways-in/{slot_id}/name", name="In the <blue> box")
    assert "In the &lt;blue&gt; box" in signed_in.sees("/ways-in").text
    page = signed_in.sends(f"/ways-in/{slot_id}/name", name="x" * 61)
    assert "Use no more than 60 letters." in page.text


def test_ways_in_of_another_resident_are_not_found(other, kept):
    slot_id, _ = new_card(kept)
    for page in (f"/ways-in/{slot_id}/remove", f"/ways-in/{slot_id}/name"):
        assert other.sees(page).status_code == 404
    assert other.sees(f"/ways-in/cards/{slot_id}").status_code == 404
    assert other.sees(f"/ways-in/cards/{slot_id}/qr.svg").status_code == 404


def test_the_passphrase_is_changed(app, signed_in, kept):
    elsewhere = Visitor(app)
    elsewhere.sends("/sign-in", name=kept.name, passphrase=PASSPHRASE)
    assert signed_in.sends("/ways-in/passphrase", passphrase=NEW).location == "/ways-in"
    assert "other devices are signed out" in signed_in.sees("/ways-in").text
    assert elsewhere.sees("/story").status_code == 303
    assert elsewhere.sends("/sign-in", name=kept.name, passphrase=NEW).location == "/story"


def test_a_passphrase_changed_elsewhere_meanwhile_is_said(signed_in, kept):
    form = signed_in.form("/ways-in/passphrase").filled({"passphrase": NEW})
    signed_in.client.post("/ways-in/passphrase", data=form)
    again = signed_in.client.post("/ways-in/passphrase", data=form)
    assert "changed on another device" in again.text


def test_a_weak_passphrase_is_refused_beside_its_field(signed_in, kept):
    page = signed_in.sends("/ways-in/passphrase", passphrase="password1234").text
    assert page.count("too easy to guess") == 2


@pytest.mark.parametrize("address", ["/sign-up", "/ways-in/passphrase", "/recover"])
def test_words_to_take_are_offered_and_others_on_a_press(app, maud, address):
    visitor = Visitor(app, maud.cookie if address == "/ways-in/passphrase" else None)
    first = suggested(visitor.sees(address).text)
    assert len(first.split()) == 4
    second = visitor.sends(address, passphrase="what I typed so far", suggest="1")
    assert suggested(second.text) not in ("", first)
    assert 'value="what I typed so far"' in second.text


def test_the_words_stay_while_the_form_is_wrong(stranger):
    page = stranger.sees("/sign-up")
    again = stranger.sends("/sign-up", page, name="", passphrase="")
    assert suggested(again.text) == suggested(page.text)


def test_the_words_on_offer_are_taken(stranger):
    words = suggested(stranger.sees("/sign-up").text)
    assert stranger.sends("/sign-up", name="Amina K", passphrase=words).status_code == 303


def test_words_that_another_site_chose_are_not_offered_as_ours(stranger):
    forged = {"suggestion": "planted words", "passphrase": "planted too", "check": "1"}
    page = stranger.client.post("/sign-up", data=forged).text
    assert "planted" not in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("password1234", "a password that many people use"),
        ("abcabcabcabcabc", "the same thing again and again"),
        ("amina k 1985", "Part of it is your sign-in name."),
        ("zebra 1985", "It has a year in it."),
        ("", "very easy to guess"),
        (NEW, "You can use it."),
    ],
)
def test_the_meter_says_why(stranger, typed, said):
    page = stranger.sends("/sign-up", name="Amina K", passphrase=typed, check="1")
    assert said in page.text
    assert page.status_code == 200


def test_the_meter_helps_whoever_gets_back_in_and_uses_no_code_up(app, maud):
    visitor, code = Visitor(app), maud.recovery_code
    page = visitor.sends("/recover", code=code, passphrase="password1234", check="1")
    assert "a password that many people use" in page.text
    assert code in page.text
    again = visitor.sends("/recover", page, passphrase=NEW)
    assert again.location == "/recovery-code"


def test_asking_how_strong_it_is_makes_no_passport(stranger):
    stranger.sends("/sign-up", name="Amina K", passphrase=NEW, check="1")
    assert stranger.sees("/story").status_code == 303


def test_a_new_recovery_code_is_shown_to_be_kept(signed_in, kept):
    old = way(kept, "recovery-code")
    assert signed_in.sends("/ways-in/recovery-code").location == "/recovery-code"
    assert "I have kept it" in signed_in.sees("/recovery-code").text
    assert way(kept, "recovery-code") != old
    assert "Not ready yet" in signed_in.sees("/ways-in").text


def test_a_card_is_made_printed_and_used_on_another_phone(app, signed_in, kept):
    printing = signed_in.sends("/ways-in/cards/new", name="Purse", pin=PIN).location
    code = "-".join(re.findall(r"<li>(\w{5})</li>", signed_in.sees(printing).text))
    assert "Not ready yet" in signed_in.sees("/ways-in").text
    assert signed_in.sends(printing).location == "/ways-in"
    assert code not in signed_in.sees(printing).text
    assert signed_in.sees(f"{printing}/qr.svg").status_code == 404
    phone = Visitor(app)
    assert phone.sends("/card", code=code, pin=PIN).location == "/story"
    assert "Warm your hands first" in phone.sees("/story").text
    assert "Last used today" in signed_in.sees("/ways-in").text


def test_the_card_names_nobody(signed_in, kept):
    printing = signed_in.sends("/ways-in/cards/new", name="My secret purse", pin=PIN).location
    page = signed_in.sees(printing).text
    card = page[page.index('class="passport-card"') : page.index("Try it now")]
    for name in (kept.name, "Maudie", "secret purse", PIN):
        assert name not in card


def test_a_replaced_card_ends_when_the_new_one_is_printed(app, signed_in, kept):
    old, code = new_card(kept)
    asked = f"/ways-in/cards/new?instead={old}"
    printing = signed_in.sends(asked, pin="9146").location
    phone = Visitor(app)
    assert phone.sends("/card", code=code, pin=PIN).location == "/story"
    signed_in.sends(printing)
    assert "The old one opens nothing any more." in signed_in.sees("/ways-in").text
    assert "is not right" in phone.sends("/card", code=code, pin=PIN).text
    assert phone.sees("/story").status_code == 303


@pytest.mark.parametrize(
    ("pin", "error"),
    [
        ("", "Write a PIN."),
        ("1234", "Many people choose that PIN"),
        ("12", "Use 4 to 8 digits."),
        ("abcd", "Use only digits"),
    ],
)
def test_a_pin_that_can_not_be_is_said_beside_its_field(signed_in, pin, error):
    assert signed_in.sends("/ways-in/cards/new", pin=pin).text.count(error) == 2


def test_a_wrong_pin_and_a_locked_card_say_the_same_and_what_to_do(stranger, kept):
    _, code = new_card(kept)
    for _ in range(ATTEMPTS + 1):
        page = stranger.sends("/card", code=code, pin="9146").text
        assert "The card or the PIN is not right, or the card is locked." in page
        assert "make a new card" in page


def test_a_mistyped_card_code_names_the_wrong_group(stranger, kept):
    _, code = new_card(kept)
    groups = code.split("-")
    groups[3] = groups[3][:4] + ("A" if groups[3][4] != "A" else "B")
    assert "Group 4 is not right." in stranger.sends("/card", code="-".join(groups), pin=PIN).text
    assert "The code has 13 groups" in stranger.sends("/card", code="abc", pin=PIN).text


def test_the_pin_is_never_shown_again(stranger, kept):
    _, code = new_card(kept)
    assert "9146" not in stranger.sends("/card", code=code, pin="9146").text
