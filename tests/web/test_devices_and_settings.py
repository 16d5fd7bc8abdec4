"""Where she is signed in, titles that say nothing, and what needs proof, on the pages."""

import re

import pytest

from passport import clock
from passport.accounts.sessions import PROOF_SECONDS
from passport.accounts.sign_in import sign_in
from passport.web.device_words import device_words
from tests.residents import CHEAP, PASSPHRASE, PEPPER
from tests.web.sharing_steps import shares
from tests.web.visitor import Visitor, forms_on

ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)
# Before these, a proof that is older than a quarter of an hour is asked for anew.
NEED_PROOF = {
    "change_passphrase.change",
    "erasing.erase",
    "leaving.export",
    "owner_cards.new",
    "owner_cards.print_card",
    "owner_cards.svg",
    "passkeys.add",
    "passkeys.new_passkey_options",
    "recovery_helpers.ask",
    "recovery_helpers.asked",
    "recovery_helpers.confirm",
    "recovery_helpers.qr",
    "recovery_helpers.remove",
    "recovery_helpers.wait",
    "share_changes.new_passcode",
    "shares.png",
    "shares.svg",
    "sign_up.recovery_code",
    "supporters.change",
    "supporters.invitation",
    "supporters.invite",
    "supporters.qr",
    "ways_in.recovery_code",
    "ways_in.remove",
}


@pytest.fixture
def tablet(app, database, maud):
    """Maud, signed in on a second device."""
    cookie = sign_in(database, PEPPER, CHEAP, maud.name, PASSPHRASE, "Safari on iPad")
    return Visitor(app, cookie)


@pytest.fixture
def later(monkeypatch):
    now = clock.epoch() + PROOF_SECONDS + 60
    return lambda: monkeypatch.setattr(clock, "epoch", lambda: now)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (ANDROID, "Chrome on Android"),
        ("Mozilla/5.0 (iPhone; CPU OS 17_5) Version/17.5 Safari/604.1", "Safari on iPhone"),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox on Linux",
        ),
        ("<script>alert(1)</script>", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_said_in_words(header, words):
    assert device_words(header) == words


def test_a_sign_in_from_a_new_device_shows_in_the_list(app, signed_in, maud):
    phone = Visitor(app)
    form = phone.form("/sign-in").filled({"name": maud.name, "passphrase": PASSPHRASE})
    phone.client.post("/sign-in", data=form, headers={"User-Agent": ANDROID})
    page = signed_in.sees("/account/devices").text
    assert "Chrome on Android" in page
    assert page.count("(this one)") == 1


def test_signing_one_device_out_ends_it_at_once(signed_in, tablet):
    page = signed_in.sees("/account/devices")
    action = next(f.action for f in forms_on(page) if re.search(r"[0-9a-f]{32}/sign-out", f.action))
    assert tablet.sees("/story").status_code == 200
    signed_in.presses("/account/devices", action)
    assert tablet.sees("/story").status_code == 303
    assert signed_in.sees("/story").status_code == 200


def test_signing_out_everywhere_else_keeps_only_this_device(signed_in, tablet):
    signed_in.presses("/account/devices", "/account/devices/sign-out-others")
    assert tablet.sees("/story").status_code == 303
    assert "You are signed in nowhere else" in signed_in.sees("/account/devices").text


def test_neutral_titles_hide_the_service_on_every_page_and_at_the_next_sign_in(signed_in):
    signed_in.sends("/account/settings", neutral_titles="y")
    for address in ("/story", "/shares", "/account", "/nowhere"):
        page = signed_in.sees(address).text
        assert "<title>Notes</title>" in page, address
        assert "plain-icon.svg" in page
    signed_in.client.post("/leave")
    assert "<title>Notes</title>" in signed_in.sees("/sign-in").text


def test_neutral_titles_come_along_to_her_other_devices_and_go_again(signed_in, tablet):
    signed_in.sends("/account/settings", neutral_titles="y")
    assert "<title>Notes</title>" in tablet.sees("/story").text
    signed_in.sends("/account/settings", neutral_titles=None)
    assert "Story Passport</title>" in tablet.sees("/story").text
    tablet.client.post("/leave")
    assert "Story Passport</title>" in tablet.sees("/sign-in").text


def test_the_readers_page_is_the_same_for_everyone(signed_in, stranger):
    signed_in.sends("/account/settings", neutral_titles="y")
    assert signed_in.sees("/view").text == stranger.sees("/view").text


def test_leaving_signs_out_here_and_nowhere_else(app, signed_in, tablet, maud):
    left = signed_in.sees("/leave")
    assert left.location == "https://www.bbc.co.uk/weather"
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert signed_in.sees("/story").status_code == 303
    assert Visitor(app, maud.cookie).sees("/story").status_code == 303
    assert tablet.sees("/story").status_code == 200


def test_every_page_can_be_left_quickly_without_scripts(signed_in, stranger):
    for page in (signed_in.sees("/story"), stranger.sees("/sign-in"), stranger.sees("/view")):
        assert 'href="/leave"' in page.text


def test_a_share_is_shown_only_after_proof(signed_in, maud, later):
    share = maud.share("please-do", with_passcode=True)
    here = f"/shares/{share.share_id}"
    assert "Passcode" in signed_in.sees(here).text
    later()
    page = signed_in.sees(here).text
    assert "Sign in again to see the QR code" in page
    assert share.passcode[:3] + " " + share.passcode[3:] not in page
    assert "shlink:" not in page
    for address in (f"{here}/qr.svg", f"{here}/qr.png", f"{here}/new-passcode"):
        assert signed_in.sees(address).location.startswith("/sign-in-again?next=/shares/")


def test_a_share_is_shown_just_after_it_was_made_and_no_other(signed_in, maud, later):
    older = maud.share("please-do")
    later()
    made = shares(signed_in, recipient="Ward 5", sections="please-do")
    assert "shlink:" in signed_in.sees(made.location).text
    assert signed_in.sees(f"{made.location}/qr.svg").status_code == 200
    assert "shlink:" not in signed_in.sees(f"/shares/{older.share_id}").text


def test_what_matters_most_asks_for_proof(app):
    """Table-driven: all that changes who gets in, shows a way in, or takes everything out."""
    asking = {e for e, view in app.view_functions.items() if getattr(view, "needs_proof", False)}
    assert NEED_PROOF - asking == set()


def test_pages_that_need_proof_lead_to_it_and_post_nothing_before(app, signed_in, later):
    later()
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in NEED_PROOF:
            continue
        values = dict.fromkeys(rule.arguments, "0" * 32)
        address = app.url_map.bind("localhost").build(rule.endpoint, values)
        if "GET" in rule.methods:
            asked = signed_in.client.get(address)
            assert asked.location.startswith("/sign-in-again"), rule.endpoint
        if "POST" in rule.methods:
            assert signed_in.client.post(address).status_code == 403, rule.endpoint


def test_no_email_address_or_telephone_number_is_needed(stranger):
    form = stranger.form("/sign-up")
    asked = form.names - {"csrf_token", "owner"}
    assert not {name for name in asked if re.search("mail|phone|mobile", name)}
    stranger.sends("/sign-up", name="Nobody in particular", passphrase=PASSPHRASE)
    assert stranger.sees("/story").status_code == 200


@pytest.mark.parametrize(
    "path", ["/account", "/account/devices", "/supporters", "/supporting", "/ways-in"]
)
def test_the_menu_marks_the_account_on_every_page_that_it_leads_to(signed_in, path):
    marked = re.findall(r'href="([^"]+)" aria-current="(\w+)"', signed_in.sees(path).text)
    assert marked == [("/account", "page" if path == "/account" else "true")]
