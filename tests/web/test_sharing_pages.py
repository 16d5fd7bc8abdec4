"""Sharing from the pages: exactly what was ticked, seen and taken back by its owner alone."""

import json
import re
from base64 import urlsafe_b64decode
from io import BytesIO

import pytest
import zxingcpp
from joserfc.jwk import ECKey
from PIL import Image
from sqlalchemy import select

from passport.crypto import hybrid_box
from passport.crypto.share_file import decode_key, decrypt_file
from passport.errors import PassportError
from passport.sharing.change_share import get_share
from passport.sharing.read_share import read_direct_file, read_manifest
from passport.sharing.receipts import Reader
from passport.sharing.share import PASSCODE_ATTEMPTS
from passport.sharing.shlink import parse
from passport.storage import tables
from passport.trusts.organisations import register_organisation
from tests.residents import reading
from tests.web.sharing_steps import begins_a_share, goes_through, share_made, shares

WARD = {"recipient": "Ward 7", "sections": ["please-do"]}


@pytest.fixture
def ward_share(signed_in):
    """The address of a share that Maud made for Ward 7, with a passcode."""
    return share_made(signed_in, **WARD)


def link_on(page: str) -> str:
    return re.search(r'id="link"[^>]*value="([^"]+)"', page)[1]


def passcode_on(page: str) -> str:
    return re.search(r"passport-show__digits\">([0-9 ]+)<", page)[1].replace(" ", "")


def read(database, page: str, reader: Reader | None = None) -> str:
    """What a reader decrypts, as text."""
    link = parse(link_on(page))
    address, who = link.url.rpartition("/")[2], reader or Reader("Nurse Jo")
    if link.is_direct:
        jwe = read_direct_file(reading(database), address, who)
    else:
        passcode = passcode_on(page) if link.needs_passcode else None
        jwe = read_manifest(reading(database), address, who, passcode)[0].embedded
    return json.dumps(json.loads(decrypt_file(decode_key(link.key), jwe)[0]), ensure_ascii=False)


def test_a_share_holds_what_was_ticked_and_nothing_else(signed_in, database, ward_share):
    words = read(database, signed_in.sees(ward_share).text)
    assert "Warm your hands first" in words
    for other in ("My knees hurt.", "Quiet, please", "Maudie", "1941"):
        assert other not in words


def test_a_sensitive_part_goes_out_only_when_ticked_apart(signed_in, database):
    without = share_made(signed_in, **WARD)
    ticked = share_made(signed_in, **WARD, sensitive=["crisis"])
    assert "Quiet, please" not in read(database, signed_in.sees(without).text)
    assert "Quiet, please" in read(database, signed_in.sees(ticked).text)


def test_a_sensitive_part_cannot_be_slipped_in_among_the_others(signed_in, database):
    page = shares(signed_in, recipient="Ward 7", sections=["please-do", "crisis"])
    assert "You changed your story after you opened this page." in page.text
    assert "You have not shared your story yet" in signed_in.sees("/shares").text


def test_parts_go_out_in_the_order_that_readers_see(signed_in, maud):
    maud.write("adjustments", {"text": "A quiet room"}, sensitive=True)
    share = shares(
        signed_in,
        recipient="Ward 7",
        sections=["please-do", "most-important"],
        sensitive=["crisis", "adjustments"],
    ).location
    listed = signed_in.sees(share).text.partition("What is in it")[2]
    titles = ["What is most important", "Please do", "Changes that help", "When I am unwell"]
    places = [listed.index(title) for title in titles]
    assert places == sorted(places)


def test_facts_go_out_one_by_one(signed_in, database):
    share = share_made(signed_in, **WARD, identity=["called"])
    words = read(database, signed_in.sees(share).text)
    assert "Maudie" in words
    assert "1941" not in words


@pytest.fixture
def trust(database):
    """A registered organisation."""
    key = ECKey.generate_key("P-384", {"alg": "ES384", "use": "sig", "kid": "1"})
    jwks = {"keys": [key.as_dict(private=False)]}
    public_key = hybrid_box.generate_key_pair()[1]
    return register_organisation(database, "Holm Valley Trust", jwks, public_key)


@pytest.fixture
def trust_share(signed_in, trust):
    """The address of a share that Maud gave to the trust, with the form's other choices as is."""
    typed = {"to": trust.organisation_id, "sections": ["please-do"]}
    return share_made(signed_in, **typed)


def test_a_registered_organisation_can_be_chosen(signed_in, database, trust):
    typed = {"to": trust.organisation_id, "sections": ["please-do"]}
    answer = shares(signed_in, **typed)
    page = signed_in.sees(answer.location).text
    assert "Holm Valley Trust can read 1 part" in page
    assert "They find it in their own computer system, and only they can open it." in page
    with database.read() as connection:
        assert len(connection.execute(select(tables.grants)).all()) == 1


def test_what_an_organisation_gets_can_be_opened_by_nobody_who_sees_the_page(
    signed_in, maud, trust_share
):
    secrets = get_share(maud.database, maud.passport, trust_share.rpartition("/")[2]).record.secrets
    pages = [trust_share, f"{trust_share}/stop", "/shares"]
    shown = "".join(signed_in.sees(page).text for page in pages)
    for secret in (secrets.address, secrets.share_key, "shlink:", "qr.", "passport-show"):
        assert secret not in shown
    for picture in ("qr.svg", "qr.png"):
        assert signed_in.sees(f"{trust_share}/{picture}").status_code == 404


def test_what_an_organisation_gets_can_be_paused_extended_and_stopped(signed_in, trust_share):
    signed_in.presses(trust_share, f"{trust_share}/pause")
    assert "You paused it." in signed_in.sees(trust_share).text
    signed_in.presses(trust_share, f"{trust_share}/resume")
    signed_in.presses(trust_share, f"{trust_share}/extend", duration="until-stopped")
    assert "until you stop it" in signed_in.sees(trust_share).text
    signed_in.sends(f"{trust_share}/stop")
    page = signed_in.sees(trust_share).text
    assert "You stopped it." in page
    assert "What was in it" in page


def test_an_organisation_is_asked_for_no_passcode(signed_in, trust):
    address = begins_a_share(signed_in)
    goes_through(signed_in, address, to=trust.organisation_id, sections=["please-do"])
    page = signed_in.sees(f"{address}/passcode").text
    assert "They need no passcode, because only they can open it." in page
    assert 'name="passcode"' not in page


def test_an_organisation_and_somebody_else_are_not_both_chosen(signed_in, trust):
    page = shares(signed_in, to=trust.organisation_id, **WARD)
    assert page.text.count("Choose the organisation or write who else it is for, not both.") == 2
    assert 'href="#recipient"' in page.text
    kept = signed_in.form(page).filled({})
    assert kept["to"] == [trust.organisation_id]
    assert kept["recipient"] == ["Ward 7"]
    assert "You have not shared your story yet" in signed_in.sees("/shares").text


def test_an_organisation_that_left_is_said_beside_the_field(signed_in, trust):
    page = shares(signed_in, to="0" * 32, sections=["please-do"])
    assert page.text.count("That organisation is not on the list any more.") == 2


def test_nothing_is_ticked_beforehand(signed_in):
    address = begins_a_share(signed_in)
    signed_in.sends(f"{address}/who", recipient="Ward 7", kind="ward")
    assert (
        not {"sections", "sensitive", "identity"}
        & signed_in.form(f"{address}/what").filled({}).keys()
    )


def test_the_qr_code_and_the_link_are_the_same(signed_in, ward_share):
    page = signed_in.sees(ward_share).text
    picture = Image.open(BytesIO(signed_in.sees(f"{ward_share}/qr.png").data))
    assert zxingcpp.read_barcodes(picture)[0].text == link_on(page)


def test_the_qr_code_is_kept_by_no_cache(signed_in, ward_share):
    for kind, mimetype in (("svg", "image/svg+xml"), ("png", "image/png")):
        answer = signed_in.sees(f"{ward_share}/qr.{kind}")
        assert answer.mimetype == mimetype
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_share_without_a_passcode_asks_for_none(signed_in, database):
    page = signed_in.sees(share_made(signed_in, **WARD, passcode="no")).text
    assert "passport-show__digits" not in page
    assert "Warm your hands first" in read(database, page)


def test_a_one_file_link_opens_by_itself(signed_in, database):
    share = share_made(signed_in, **WARD, passcode="no", is_direct="y")
    assert "Warm your hands first" in read(database, signed_in.sees(share).text)


def test_a_one_file_link_with_a_passcode_is_refused_with_every_choice_kept(signed_in):
    page = shares(signed_in, **WARD, is_direct="y")
    assert page.text.count("A one-file link can&#39;t have a passcode.") == 2
    assert signed_in.form(page).filled({})["is_direct"] == ["y"]


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"recipient": "", "sections": ["please-do"]}, "Say who it is for."),
        ({"recipient": "  \a ", "sections": ["please-do"]}, "Say who it is for."),
        ({"recipient": "Ward 7"}, "Tick at least one part of your story, or one fact."),
        ({"recipient": "W" * 201, "sections": ["please-do"]}, "This is 1 letter too long."),
    ],
)
def test_a_share_that_cannot_be_made_says_why_beside_the_field(signed_in, typed, error):
    page = shares(signed_in, **typed)
    assert page.status_code == 200
    assert page.text.count(error) == 2
    assert "<title>Error: " in page.text


def test_pressing_twice_makes_one_share(signed_in):
    address = begins_a_share(signed_in)
    form = signed_in.form(goes_through(signed_in, address, **WARD)).filled({})
    first = signed_in.client.post(f"{address}/check", data=form)
    second = signed_in.client.post(f"{address}/check", data=form)
    assert first.location == second.location
    assert signed_in.sees(f"{address}/check").location == first.location
    assert signed_in.sees("/shares").text.count("can read 1 part") == 1


def test_someone_who_wrote_nothing_is_sent_to_write_first(other):
    assert "There is nothing to share yet." in other.sees("/shares/new").text


def test_the_sentence_says_who_can_read_what_until_when(signed_in):
    shares(signed_in, **WARD, identity=["called"], duration="until-stopped")
    said = "Ward 7 can read 1 part and 1 fact about you until you stop it."
    assert said in signed_in.sees("/shares").text


def test_a_reading_is_seen_with_who_and_when(signed_in, database, ward_share):
    assert "Nobody has read it yet." in signed_in.sees(ward_share).text
    read(database, signed_in.sees(ward_share).text, Reader("Nurse <Jo>"))
    page = signed_in.sees(ward_share).text
    assert "Nurse &lt;Jo&gt;" in page
    assert "not checked" in page
    assert re.search(
        r"Last read today at \d\d:\d\d by Nurse &lt;Jo&gt;", signed_in.sees("/shares").text
    )


def test_a_reading_by_a_known_organisation_says_checked(signed_in, database, ward_share):
    reader = Reader("connector", verified_as="Holm Valley Trust")
    read(database, signed_in.sees(ward_share).text, reader)
    assert "checked: <bdi>Holm Valley Trust</bdi>" in signed_in.sees(ward_share).text


def test_a_paused_share_can_be_started_again_with_the_same_code(signed_in, ward_share):
    link = link_on(signed_in.sees(ward_share).text)
    signed_in.presses(ward_share, f"{ward_share}/pause")
    assert "You paused it." in signed_in.sees(ward_share).text
    signed_in.presses(ward_share, f"{ward_share}/resume")
    page = signed_in.sees(ward_share).text
    assert "Ward 7 can read 1 part" in page
    assert link_on(page) == link


def test_more_time_is_given_to_the_same_code(signed_in, ward_share):
    link = link_on(signed_in.sees(ward_share).text)
    signed_in.presses(ward_share, f"{ward_share}/extend", duration="until-stopped")
    page = signed_in.sees(ward_share).text
    assert "until you stop it" in page
    assert parse(link_on(page)).key == parse(link).key


def test_more_time_without_a_choice_says_so_beside_the_field(signed_in, ward_share):
    page = signed_in.presses(ward_share, f"{ward_share}/extend")
    assert page.status_code == 400
    assert page.text.count("Choose how long they can read it.") == 2


def test_a_new_passcode_replaces_the_old_one(signed_in, database, ward_share):
    old = signed_in.sees(ward_share).text
    signed_in.sends(f"{ward_share}/new-passcode")
    new = signed_in.sees(ward_share).text
    assert "There is a new passcode." in new
    assert link_on(new) == link_on(old)
    assert "Warm your hands first" in read(database, signed_in.sees(ward_share).text)


def test_asking_for_a_new_passcode_changes_nothing_yet(signed_in, ward_share):
    old = passcode_on(signed_in.sees(ward_share).text)
    page = signed_in.sees(f"{ward_share}/new-passcode").text
    assert "The old passcode will not work any more." in page
    assert passcode_on(signed_in.sees(ward_share).text) == old


def test_there_is_no_new_passcode_where_there_is_none(signed_in):
    share = share_made(signed_in, **WARD, passcode="no")
    assert "new-passcode" not in signed_in.sees(share).text
    assert signed_in.sees(f"{share}/new-passcode").location == share


def test_a_locked_share_says_how_its_owner_opens_it_again(signed_in, database, ward_share):
    address = parse(link_on(signed_in.sees(ward_share).text)).url.rpartition("/")[2]
    for _ in range(PASSCODE_ATTEMPTS):
        with pytest.raises(PassportError):
            read_manifest(reading(database), address, Reader("Nurse Jo"), "wrong")
    assert "Make a new passcode to open it again." in signed_in.sees(ward_share).text
    signed_in.sends(f"{ward_share}/new-passcode")
    assert "Ward 7 can read 1 part" in signed_in.sees(ward_share).text


NAMELESS = "Nothing in this share says who you are."


def test_a_share_without_facts_says_that_it_names_nobody(signed_in, ward_share):
    assert NAMELESS in signed_in.sees(ward_share).text
    named = share_made(signed_in, **WARD, identity=["called"])
    assert NAMELESS not in signed_in.sees(named).text


def test_the_form_says_when_a_share_would_name_nobody(signed_in):
    said = "If you tick none of these, nothing in this share says who you are."
    address = begins_a_share(signed_in)
    assert NAMELESS in goes_through(signed_in, address, **WARD).text
    assert said in signed_in.sees(f"{address}/what").text


def test_stopping_asks_once_and_then_leaves_nothing_to_show(signed_in, ward_share):
    assert "Stop this share for good?" in signed_in.sees(f"{ward_share}/stop").text
    assert "can read 1 part" in signed_in.sees(ward_share).text
    signed_in.sends(f"{ward_share}/stop")
    page = signed_in.sees(ward_share).text
    assert "You stopped it." in page
    assert 'id="link"' not in page
    assert "qr.svg" not in page
    assert signed_in.sees(f"{ward_share}/qr.png").status_code == 404


def test_stopping_twice_is_the_same_as_once(signed_in, ward_share):
    form = signed_in.form(f"{ward_share}/stop").filled({})
    for _ in range(2):
        answer = signed_in.client.post(f"{ward_share}/stop", data=form)
        assert answer.location == ward_share


def test_changing_a_share_that_was_stopped_meanwhile_says_so(signed_in, ward_share):
    form = signed_in.form(ward_share, f"{ward_share}/pause").filled({})
    signed_in.sends(f"{ward_share}/stop")
    page = signed_in.client.post(f"{ward_share}/pause", data=form)
    assert page.status_code == 409
    assert "You have already stopped this share." in page.text


def test_another_residents_share_is_not_found(signed_in, other, ward_share):
    for page in ("", "/qr.svg", "/qr.png", "/stop"):
        assert other.sees(ward_share + page).status_code == 404
    token = other.form("/recovery-code").filled({})["csrf_token"]
    for act in ("pause", "resume", "extend", "new-passcode", "stop"):
        data = {"csrf_token": token, "duration": "year"}
        assert other.client.post(f"{ward_share}/{act}", data=data).status_code == 404
    assert "Ward 7 can read 1 part" in signed_in.sees(ward_share).text


def test_the_same_once_of_two_residents_makes_two_shares(signed_in, other, database):
    """Nobody can take or touch another's share by knowing the address of its steps."""
    other.sends("/story/please-do/edit", part_lines="Others' words")
    address = begins_a_share(signed_in)
    made = []
    for visitor in (signed_in, other):
        page = goes_through(visitor, address, **WARD)
        made.append(visitor.sends(f"{address}/check", page).location)
    assert made[0] != made[1]
    assert "Warm your hands first" in read(database, signed_in.sees(made[0]).text)


def test_an_emptied_part_is_no_longer_counted(signed_in, ward_share):
    signed_in.sends("/story/please-do/edit", part_lines="")
    assert "Ward 7 can read nothing until" in signed_in.sees(ward_share).text


def test_the_link_keeps_its_key_behind_the_hash(signed_in, ward_share):
    link = link_on(signed_in.sees(ward_share).text)
    before, _, payload = link.partition("#shlink:/")
    assert before == "http://localhost/view"
    assert b'"key"' in urlsafe_b64decode(payload + "=" * (-len(payload) % 4))


def test_readings_beyond_the_newest_two_hundred_are_a_link_away(
    signed_in, database, ward_share, monkeypatch
):
    monkeypatch.setattr("passport.sharing.receipts.MOST_SHOWN", 2)
    monkeypatch.setattr("passport.web.pages.shares.MOST_SHOWN", 2)
    for name in ("First nurse", "Second nurse", "Third nurse"):
        read(database, signed_in.sees(ward_share).text, Reader(name))
    page = signed_in.sees(ward_share)
    assert "First nurse" not in page.text.partition('id="read"')[2]
    assert f'href="{ward_share}?skip=2"' in page.text
    older = signed_in.sees(f"{ward_share}?skip=2")
    assert "First nurse" in older.text
    assert "Third nurse" not in older.text.partition('id="read"')[2]


def test_the_last_reader_is_not_taken_for_a_checked_one(signed_in, database, ward_share):
    read(database, signed_in.sees(ward_share).text, Reader("Dr Nobody"))
    assert "by Dr Nobody (not checked)." in signed_in.sees("/shares").text
