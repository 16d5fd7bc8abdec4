"""No answer tells a stranger whether somebody has a passport. The times: `bench/strangers.py`."""

import pytest

from passport.web.forms import account_forms
from passport.web.try_sign_in import count_try
from passport.wiring import wiring
from tests.applications import make_app
from tests.residents import CHEAP
from tests.strangers import Somebody, Typed, Way, ways, without_echo
from tests.web.visitor import Visitor

TRIES = 12
NAMES = ["sign-in", "interrupted", "sign-up", "recovery", "card"]


@pytest.fixture
def asked(app, database):
    with app.app_context():
        return ways(Somebody(database, wiring().pepper, CHEAP))


def answer(app, way: Way, typed: Typed) -> tuple[int, str, int, tuple[str, ...], str]:
    visitor = Visitor(app)
    page = visitor.client.post(way.address, data={"typed": "words"})
    token = visitor.form(page if page.status_code == 401 else way.address)
    got = visitor.client.post(way.address, data=token.filled(dict(typed)))
    body = without_echo(got.text, typed)
    headers = tuple(name for name, _ in got.headers)
    return got.status_code, got.headers.get("Location", ""), len(body), headers, body


@pytest.mark.parametrize("name", NAMES)
def test_known_and_unknown_get_the_same_answer(app, asked, name):
    way = asked[name]
    answers = {answer(app, way, ask()) for _ in range(TRIES) for ask in (way.known, way.unknown)}
    assert len(answers) == 1


def test_every_way_is_compared(asked):
    assert set(NAMES) == set(asked)


@pytest.mark.parametrize("name", ["sign-in", "sign-up"])
def test_a_limit_that_is_reached_answers_the_same_for_both(tmp_path, monkeypatch, name):
    monkeypatch.setattr(account_forms, "new_suggestion", lambda: "the same words each time")
    app = make_app(tmp_path, rate_limits=True)
    with app.app_context():
        way = ways(Somebody(wiring().database, wiring().pepper, CHEAP))[name]
    answers = set()
    for ask in (way.known, way.unknown):
        typed = {**ask(), "passphrase": "some wrong words here"}
        with app.app_context():
            for _ in range(10):
                count_try(typed["name"])
        got = answer(app, way, typed)
        assert "There were too many tries" in got[-1]
        answers.add(got)
    assert len(answers) == 1
