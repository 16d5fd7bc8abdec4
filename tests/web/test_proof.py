"""Before the acts that matter most, the owner signs in again, and what she asked for goes on."""

import pytest
from flask import Blueprint, g, request

from passport import clock
from passport.accounts.owner_cards import card_code, make_card
from passport.accounts.passkey_answers import PasskeySite
from passport.accounts.passkeys import add_passkey, adding_options
from passport.accounts.sessions import PROOF_SECONDS, end_session
from passport.accounts.sign_up import sign_up
from passport.web.forms.passport_form import PressForm
from passport.web.proved import proved
from passport.web.signed_in import signed_in as for_the_owner
from passport.web.try_sign_in import count_try
from passport.wiring import wiring
from tests.accounts.software_authenticator import Device
from tests.applications import make_app
from tests.minutes import within_a_minute
from tests.residents import CHEAP, PASSPHRASE, PEPPER, new_resident
from tests.web.visitor import Visitor, forms_on

blueprint = Blueprint("vault", __name__)


@blueprint.route("/vault", methods=["GET", "POST"])
@for_the_owner
@proved
def vault():
    if request.method == "POST":
        assert PressForm().validate_on_submit()
        return "kept " + request.form["part-text"] + " for " + g.passport.passport_id
    return "opened"


@pytest.fixture
def app(app):
    app.register_blueprint(blueprint)
    return app


@pytest.fixture
def later(signed_in, monkeypatch):
    """Maud's browser, with a form open, sixteen minutes after she signed in."""
    form = signed_in.form("/story/my-story/edit").filled({"part-text": "my knees"})
    now = clock.epoch() + PROOF_SECONDS + 60
    monkeypatch.setattr(clock, "epoch", lambda: now)
    signed_in.typed = form
    return signed_in


def test_just_after_signing_in_nobody_is_asked_again(signed_in):
    assert signed_in.sees("/vault").text == "opened"


def test_later_she_is_asked_and_then_led_on(later):
    asked = later.client.get("/vault?a=b")
    assert asked.location == "/sign-in-again?next=/vault%3Fa%3Db"
    form = later.form(asked.location).filled({"passphrase": PASSPHRASE})
    assert later.client.post(asked.location, data=form).location == "/vault?a=b"
    assert later.sees("/vault").text == "opened"


def test_what_she_sent_is_carried_and_done_once_she_has_proved(later, maud):
    asked = later.client.post("/vault", data=later.typed)
    assert asked.status_code == 403
    assert "What you typed is not lost" in asked.text
    wrong = later.form(asked).filled({"passphrase": "not this one"})
    asked = later.client.post("/vault", data=wrong)
    assert "This passphrase is not right" in asked.text
    form = later.form(asked).filled({"passphrase": PASSPHRASE})
    done = later.client.post("/vault", data=form)
    assert done.text == f"kept my knees for {maud.passport.passport_id}"


def test_a_session_that_ends_while_she_is_asked_loses_nothing_and_keeps_no_passphrase(
    later, database, maud
):
    asked = later.client.post("/vault", data=later.typed)
    form = later.form(asked).filled({"passphrase": "half typed words"})
    end_session(database, maud.cookie)
    again = later.client.post("/vault", data=form)
    assert again.status_code == 401
    assert "half typed words" not in again.text
    form = later.form(again).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert "kept my knees" in later.client.post("/vault", data=form).text


def test_the_passphrase_of_another_passport_proves_nothing(later, app, database):
    sign_up(database, PEPPER, CHEAP, "someone else", "quite another set of words")
    form = later.form("/sign-in-again").filled({"passphrase": "quite another set of words"})
    assert "This passphrase is not right" in later.client.post("/sign-in-again", data=form).text


def test_a_cookie_copied_before_the_proof_opens_nothing_after_it(later, app, maud):
    form = later.form("/sign-in-again").filled({"passphrase": PASSPHRASE})
    later.client.post("/sign-in-again", data=form)
    assert Visitor(app, maud.cookie).client.get("/story").status_code == 303
    assert later.client.get("/story").status_code == 200


def test_what_another_site_posts_is_not_carried(later):
    answer = later.client.post(
        "/vault", data={"part-text": "theirs"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.location == "/sign-in-again?next=/vault"


def test_a_card_and_its_pin_are_proof_too(later, maud):
    slot_id = make_card(maud.database, CHEAP, maud.passport, "8352", "Purse")
    code = card_code(maud.database, maud.passport, slot_id)
    asked = later.client.post("/vault", data=later.typed)
    card = next(form for form in forms_on(asked) if "pin" in form.names)
    wrong = later.client.post("/vault", data=card.filled({"code": code, "pin": "9146"}))
    assert "The card or the PIN is not right" in wrong.text
    card = next(form for form in forms_on(wrong) if "pin" in form.names)
    done = later.client.post("/vault", data=card.filled({"code": code, "pin": "8352"}))
    assert done.text == f"kept my knees for {maud.passport.passport_id}"


def test_a_passkey_is_proof_too(later, maud):
    site = PasskeySite("localhost", "http://localhost")
    device = Device(site.origin)
    options = adding_options(maud.database, maud.passport, site, "Phone")
    add_passkey(maud.database, maud.passport, site, "Phone", device.makes(options))
    asked = later.client.post("/vault", data=later.typed)
    form = next(form for form in forms_on(asked) if ("way", "passkey") in form.fields)
    unasked = later.client.post("/vault", data=form.filled({}))
    assert "Your device has not been asked yet" in unasked.text
    options = later.client.post("/sign-in/passkey/options", data=form.filled({})).text
    answer = device.signs(options)
    typed = form.filled({"credential": answer.credential, "prf": answer.prf})
    assert later.client.post("/vault", data=typed).text == (
        f"kept my knees for {maud.passport.passport_id}"
    )


def test_only_the_ways_that_she_has_are_offered(later):
    asked = later.sees("/sign-in-again")
    assert [value for form in forms_on(asked) for name, value in form.fields if name == "way"] == [
        "passphrase"
    ]
    assert "passkeys.js" not in asked.text


def test_guesses_in_an_open_session_are_counted_whatever_address_they_come_from(
    tmp_path, monkeypatch
):
    app = make_app(tmp_path, rate_limits=True)
    with app.app_context():
        maud = new_resident(wiring().database)
    now = clock.epoch() + PROOF_SECONDS + 60
    monkeypatch.setattr(clock, "epoch", lambda: now)
    visitor, address = Visitor(app, maud.cookie), "/sign-in-again?next=/ways-in"
    form, tries = visitor.form(address), 0
    within_a_minute(15)
    while tries < 20:
        guess = form.filled({"passphrase": f"no such words {tries}"})
        place = {"REMOTE_ADDR": f"192.0.2.{tries}"}
        page = visitor.client.post(address, data=guess, environ_overrides=place).text
        if "There were too many tries" in page:
            break
        tries += 1
    assert tries == 10
    # A stranger's tries under the name are counted apart, and so are these.
    with app.app_context():
        count_try(maud.name)
