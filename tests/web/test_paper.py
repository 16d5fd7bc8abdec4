"""Printing: she chooses, sees exactly what will be on it, and gets it as PDF that nobody keeps."""

from io import BytesIO

import pypdf
import pytest

from passport import clock
from passport.accounts.sessions import PROOF_SECONDS
from passport.sharing.create_share import create_share
from passport.sharing.emergency import emergency_terms
from passport.sharing.shlink import link_of, viewer_link
from tests.residents import PASSPHRASE, PEPPER
from tests.supporters import some_terms, supporter_of
from tests.web.sharing_steps import share_made
from tests.web.visitor import Visitor

KINDS = ["booklet", "large-print", "summary", "fridge-sheet", "wallet-card"]


@pytest.fixture
def later(monkeypatch):
    """Long enough after signing in that proof is asked for."""
    now = clock.epoch() + PROOF_SECONDS + 60
    return lambda: monkeypatch.setattr(clock, "epoch", lambda: now)


def text_of(answer) -> str:
    assert answer.mimetype == "application/pdf"
    pages = pypdf.PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def looked_at(visitor: Visitor, kind: str, **ticked):
    answer = visitor.presses(f"/paper/{kind}", f"/paper/{kind}", **ticked)
    assert "This will be on it" in answer.text
    return answer


def opened(visitor: Visitor, checked, kind: str):
    return visitor.presses_on(checked, f"/paper/{kind}/pdf")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_offered_and_comes_out_as_chosen(signed_in, kind):
    assert f'href="/paper/{kind}"' in signed_in.sees("/paper").text
    checked = looked_at(signed_in, kind, sections=["please-do"], identity=["called"])
    made = opened(signed_in, checked, kind)
    found = text_of(made)
    assert "Warm your hands first" in found
    assert "Maudie" in found
    assert "My knees hurt" not in found
    assert "Quiet, please" not in found
    assert "1941" not in found
    assert made.headers["Cache-Control"] == "no-store"


def test_the_page_before_says_exactly_what_will_be_on_it(signed_in, maud):
    share = maud.share("please-do", recipient="Ward 7", with_passcode=True)
    page = looked_at(
        signed_in,
        "summary",
        sections=["please-do"],
        identity=["birth-date"],
        share=share.share_id,
    ).text
    for said in ("Please do", "27 March 1941", "Ward 7 can read 1 part", "The passcode is not on"):
        assert said in page
    assert "What is most important" not in page
    assert share.passcode not in page


def test_sensitive_parts_are_printed_only_if_ticked_apart(signed_in):
    assert "Quiet, please" not in signed_in.sees("/paper/booklet").text
    refused = signed_in.client.post(
        "/paper/booklet",
        data=signed_in.form("/paper/booklet", "/paper/booklet").filled({"sections": ["crisis"]}),
    )
    assert "You changed your story after you opened this page" in refused.text
    checked = looked_at(signed_in, "booklet", sections=None, sensitive=["crisis"])
    assert "(sensitive)" in checked.text
    assert "Quiet, please" in text_of(opened(signed_in, checked, "booklet"))


def test_nothing_is_printed_that_the_page_before_did_not_say(signed_in, maud):
    checked = looked_at(signed_in, "booklet", sections=["please-do"])
    maud.write("please-do", ["Written meanwhile, on my phone"])
    again = opened(signed_in, checked, "booklet")
    assert again.status_code == 409
    assert "Your story changed after you opened this page" in again.text
    assert "Written meanwhile" in text_of(opened(signed_in, again, "booklet"))


def test_what_was_ticked_can_be_changed_and_nothing_is_lost(signed_in):
    checked = looked_at(signed_in, "booklet", sections=["please-do"], identity=["called"])
    back = signed_in.presses_on(checked, "/paper/booklet", change="1")
    ticked = signed_in.form(back, "/paper/booklet").filled({})
    assert ticked["sections"] == ["please-do"]
    assert ticked["identity"] == ["called"]


def test_a_sheet_with_nothing_on_it_is_not_made(signed_in):
    answer = signed_in.presses("/paper/booklet", "/paper/booklet", sections=None)
    assert "Tick at least one thing" in answer.text


def test_a_code_is_printed_only_after_proof(signed_in, maud, later):
    share = maud.share("please-do")
    form = signed_in.form("/paper/wallet-card", "/paper/wallet-card").filled(
        {"share": share.share_id}
    )
    later()
    asked = signed_in.client.post("/paper/wallet-card", data=form)
    assert asked.status_code == 403
    proved = signed_in.sends("/paper/wallet-card", page=asked, passphrase=PASSPHRASE)
    assert "This will be on it" in proved.text
    assert "This share has no passcode" in proved.text
    assert "Scan this with a phone" in text_of(opened(signed_in, proved, "wallet-card"))


def test_nobody_prints_the_code_of_another_or_of_a_stopped_share(other, signed_in, maud):
    share = maud.share("please-do")
    assert share.share_id not in other.sees("/paper/booklet").text
    data = other.form("/story", "/sign-out").filled({"share": share.share_id})
    assert "This will be on it" not in other.client.post("/paper/booklet", data=data).text
    signed_in.sends(f"/shares/{share.share_id}/stop")
    assert share.share_id not in signed_in.sees("/paper/booklet").text


def test_a_supporter_prints_what_she_may_read_and_no_code(app, maud):
    maud.share("please-do", recipient="Ward 7")
    supporter = supporter_of(maud, some_terms("read", sections=frozenset({"please-do"})))
    supporter.begins()
    visitor = Visitor(app, supporter.own.cookie)
    page = visitor.sees("/paper/booklet").text
    assert "Please do" in page
    assert "most important" not in page
    assert "Ward 7" not in page


def test_the_record_says_that_something_was_printed(signed_in, maud):
    opened(signed_in, looked_at(signed_in, "booklet", sections=["please-do"]), "booklet")
    assert "made a sheet to print" in signed_in.sees("/account/activity").text


def test_a_neutral_owner_gets_a_file_with_a_neutral_name(signed_in):
    signed_in.sends("/account/settings", neutral_titles="y")
    made = opened(signed_in, looked_at(signed_in, "booklet", sections=["please-do"]), "booklet")
    assert made.headers["Content-Disposition"] == 'inline; filename="notes.pdf"'


def test_a_longest_link_is_short_enough_for_a_card(signed_in, maud):
    share = maud.share("please-do", duration="until-stopped", with_passcode=True)
    base = "https://a-long-name-of-a-trust.nhs.example"
    assert len(viewer_link(link_of(share, base), base)) < 330


def test_a_share_that_was_just_made_is_no_proof_for_the_code_of_another(signed_in, maud, later):
    terms = emergency_terms("Anyone who helps me", ("please-do",))
    create_share(maud.database, PEPPER, maud.passport, terms)
    later()
    made = share_made(signed_in, recipient="Ward 7", sections=["please-do"])
    data = signed_in.form("/story", "/sign-out").filled({"share": made.rpartition("/")[2]})
    for address in ("/paper/emergency-card", "/paper/emergency-card/pdf"):
        assert signed_in.client.post(address, data=data).status_code == 403


def test_an_emergency_card_holds_what_its_share_holds_and_no_more(signed_in, maud, later):
    nothing = signed_in.sees("/paper/emergency-card").text
    assert "You have none yet" in nothing
    maud.share("please-do", recipient="Ward 7")
    terms = emergency_terms("Anyone who helps me", ("most-important",), ("called",))
    create_share(maud.database, PEPPER, maud.passport, terms)
    checked = signed_in.sees("/paper/emergency-card")
    assert "This share has no passcode" in checked.text
    found = text_of(opened(signed_in, checked, "emergency-card"))
    assert "My knees hurt" in found
    assert "Maudie" in found
    assert "Warm your hands" not in found
    assert "1941" not in found
    later()
    assert signed_in.sees("/paper/emergency-card").location.startswith("/sign-in-again")
