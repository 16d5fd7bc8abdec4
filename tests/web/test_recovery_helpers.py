"""Help me back in, on the pages: asked, confirmed, locked out, helped, in again; and every no."""

import re

import pytest

from passport.accounts.recovery_helpers import list_helpers
from passport.accounts.stopping_recovery import recovery_news
from tests.accounts.helped import WORDS, Helped, Later, owner_with_helpers
from tests.residents import PASSPHRASE, new_resident
from tests.web.visitor import Visitor

HELPERS, HELPING, TICKET = "/account/recovery-helpers", "/helping-back-in", "/recover/with-help"
NEW_PASSPHRASE = "lantern gravel mosaic otter"


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


@pytest.fixture
def two(database) -> Helped:
    return owner_with_helpers(database, 2)


def _browser_of(app, resident) -> Visitor:
    """A browser that has just signed in: sessions end while tests move the clock."""
    visitor = Visitor(app)
    visitor.sends("/sign-in", name=resident.name, passphrase=PASSPHRASE)
    return visitor


def _number(visitor: Visitor) -> str:
    text = visitor.sees(TICKET).text
    return re.search(r"passport-show__digits[^>]*>([0-9 ]{12})<", text)[1]


def _ticket_code(visitor: Visitor) -> str:
    return "-".join(re.findall(r"passport-code__group\">(\w{5})<", visitor.sees(TICKET).text))


def _gets_a_number(visitor: Visitor) -> str:
    visitor.presses(TICKET, f"{TICKET}/number")
    return _number(visitor)


def _helps(visitor: Visitor, helper_id: str, number: str):
    return visitor.sends(f"{HELPING}/{helper_id}", number=number)


def test_from_asking_to_naming(app, database, signed_in, maud):
    asked = signed_in.sends(f"{HELPERS}/ask", name="Sam", called="Maudie")
    page = signed_in.sees(asked.location)
    code = "-".join(re.findall(r"code__group\">(\w{5})<", page.text))
    assert f"/help-back-in#{code}" in page.text
    assert signed_in.sees(f"{asked.location}/qr.svg").mimetype == "image/svg+xml"
    sams = Visitor(app, new_resident(database).cookie)
    shown = sams.presses("/help-back-in", "/help-back-in", code=code.lower())
    assert "Maudie" in shown.text
    assert "Sam" in shown.text
    form = sams.form(shown, "/help-back-in/answer")
    sams.client.post("/help-back-in/answer", data=form.filled({"answer": "yes"}))
    number = re.search(r"digits\">(\d{3} \d{3})<", sams.sees(HELPING).text)[1]
    (helper,) = list_helpers(database, maud.passport).helpers
    confirm = f"{HELPERS}/{helper.helper_id}/confirm"
    assert number in signed_in.sees(confirm).text
    assert signed_in.sends(confirm).location == HELPERS
    assert "Can help you back in." in signed_in.sees(HELPERS).text
    assert "Help Maudie back in" in sams.sees(HELPING).text
    gone = signed_in.sees(asked.location)
    assert gone.status_code == 303


def test_an_owner_who_lost_everything_gets_back_in(app, two, later):
    locked_out = Visitor(app)
    number = _gets_a_number(locked_out)
    for helper, helper_id in zip(two.helpers, two.ids, strict=True):
        assert _helps(_browser_of(app, helper), helper_id, number).location == HELPING
    page = locked_out.sees(TICKET).text
    assert "2 of 2 helpers have typed your number" in page
    later(48)
    assert "You can get back in now" in locked_out.sees(TICKET).text
    done = locked_out.presses(TICKET, TICKET, passphrase=NEW_PASSPHRASE)
    assert done.location == "/recovery-code"
    assert two.owner.name in locked_out.sees("/recovery-code").text
    assert WORDS in locked_out.sees("/story/my-story").text
    cookies = done.headers.get_all("Set-Cookie")
    assert any(cookie.startswith("help-ticket=;") for cookie in cookies)


def test_the_ticket_code_goes_on_elsewhere(app, two, later):
    first, second = Visitor(app), Visitor(app)
    number = _gets_a_number(first)
    code = _ticket_code(first)
    second.sends(f"{TICKET}/code", code=code.lower().replace("-", " "))
    assert _number(second) == number
    first.presses(TICKET, f"{TICKET}/forget")
    assert "Get a help number" in first.sees(TICKET).text


def test_before_the_wait_is_over_a_sent_form_changes_nothing(app, two, later):
    locked_out = Visitor(app)
    number = _gets_a_number(locked_out)
    for helper, helper_id in zip(two.helpers, two.ids, strict=True):
        _helps(_browser_of(app, helper), helper_id, number)
    later(47)
    token = locked_out.form(TICKET, f"{TICKET}/forget").filled({})
    sent = locked_out.client.post(TICKET, data={**token, "passphrase": NEW_PASSPHRASE})
    assert sent.location == TICKET
    assert "passport-show__digits" in locked_out.sees(TICKET).text
    owner = _browser_of(app, two.owner)
    assert WORDS in owner.sees("/story/my-story").text


def test_every_page_tells_the_owner_and_she_can_stop_it(app, two):
    locked_out = Visitor(app)
    owner = Visitor(app, two.owner.cookie)
    _helps(Visitor(app, two.helpers[0].cookie), two.ids[0], _gets_a_number(locked_out))
    for address in ("/story", "/shares", "/account", HELPERS):
        assert "Someone asked to be let back in" in owner.sees(address).text, address
    owner.presses("/story", f"{HELPERS}/stop")
    assert "It was stopped" in owner.sees("/story").text
    assert "This help was stopped" in locked_out.sees(TICKET).text
    owner.presses("/story", f"{HELPERS}/seen")
    assert "let back in" not in owner.sees("/story").text


def test_signing_in_stops_it_and_the_next_page_says_so(app, two):
    _helps(Visitor(app, two.helpers[0].cookie), two.ids[0], _gets_a_number(Visitor(app)))
    owner = _browser_of(app, two.owner)
    assert "It was stopped" in owner.sees("/story").text
    (news,) = recovery_news(two.database, two.owner.passport.passport_id)
    assert news.stopped_at is not None


def test_helpers_and_strangers_see_no_word_of_it(app, two):
    helper = Visitor(app, two.helpers[0].cookie)
    _helps(helper, two.ids[0], _gets_a_number(Visitor(app)))
    assert "let back in to this passport" not in helper.sees("/story").text
    assert "let back in to this passport" not in Visitor(app).sees("/").text
    assert WORDS not in helper.sees(HELPING).text


@pytest.mark.parametrize("number", ["", "12", "1234567890", "not a number"])
def test_a_number_that_is_not_right_is_said_beside_the_field(app, two, number):
    answer = _helps(Visitor(app, two.helpers[0].cookie), two.ids[0], number)
    assert answer.status_code == 200
    assert 'id="number-error"' in answer.text
    assert recovery_news(two.database, two.owner.passport.passport_id) == []


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("ABC", "eight groups"),
        ("ABCDE-" * 8, "not right"),
        ("000G0-40R47-30Z2A-K1H6Y-20J80-K0X8M-0000Z-0000Z", "not right"),
        ("", "Write your ticket code"),
    ],
)
def test_a_ticket_code_that_is_not_right_is_said_beside_the_field(app, code, says):
    answer = Visitor(app).sends(f"{TICKET}/code", code=code)
    assert says in answer.text
    assert "help-ticket" not in str(answer.headers)


def test_a_code_that_helpers_cannot_use_is_said_beside_the_field(app, two):
    mine = Visitor(app, two.owner.cookie)
    assert "eight groups" in mine.presses("/help-back-in", "/help-back-in", code="ABC").text


def test_a_double_press_says_that_it_was_used(app, two, later):
    locked_out = Visitor(app)
    number, code = _gets_a_number(locked_out), _ticket_code(locked_out)
    for helper, helper_id in zip(two.helpers, two.ids, strict=True):
        _helps(_browser_of(app, helper), helper_id, number)
    later(48)
    locked_out.presses(TICKET, TICKET, passphrase=NEW_PASSPHRASE)
    again = Visitor(app).sends(f"{TICKET}/code", code=code)
    assert "used already. Sign in with your new passphrase." in again.text


def test_naming_and_removing_asks_for_a_fresh_sign_in(app, two, later):
    owner = Visitor(app, two.owner.cookie)
    later(16 / 60)
    for address in ("ask", "wait", f"{two.ids[0]}/remove", f"{two.ids[0]}/confirm"):
        asked = owner.sees(f"{HELPERS}/{address}")
        assert "/sign-in-again" in (asked.location or "")


def test_helpers_step_down_and_the_owner_sees_it(app, two):
    helper = Visitor(app, two.helpers[0].cookie)
    helper.sends(f"{HELPING}/{two.ids[0]}/step-down")
    assert "nobody’s recovery helper" in helper.sees(HELPING).text
    assert "Is not your helper any more" in Visitor(app, two.owner.cookie).sees(HELPERS).text


def test_changing_the_wait_shows_it(app, two):
    owner = Visitor(app, two.owner.cookie)
    owner.sends(f"{HELPERS}/wait", wait_hours="168")
    assert "must wait 1 week" in owner.sees(HELPERS).text
    assert list_helpers(two.database, two.owner.passport).wait_hours == 168
    refused = owner.sends(f"{HELPERS}/wait", wait_hours="1")
    assert refused.status_code == 200
