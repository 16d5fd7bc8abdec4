"""Links as "SMART Health Links" 1.0.0 asks, line by line; and reading anybody's without harm."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.sharing.share import Share
from passport.sharing.shlink import NotALink, Shlink, link_of, parse, viewer_link
from passport.storage.database import Database
from tests.residents import Resident, new_resident

BASE_URL = "https://passport.rosetrust.nhs.uk"
PAYLOAD = {"url": "https://other.example/manifest", "key": "A" * 43}
KNOWN_FLAGS = {"", "L", "P", "LP", "U", "LU"}


@pytest.fixture(scope="module")
def bee(sqlite_database: Database) -> Resident:
    """Somebody with a story."""
    resident = new_resident(sqlite_database)
    resident.write("my-story", "Told once.")
    return resident


@pytest.fixture(
    scope="module",
    params=[
        {"duration": duration, **kind}
        for duration in ("visit", "month", "year", "until-stopped")
        for kind in ({}, {"with_passcode": True}, {"is_direct": True})
    ],
    ids=lambda terms: " ".join(str(value) for value in terms.values()),
)
def share(bee: Resident, request: pytest.FixtureRequest) -> Share:
    """A share of each kind."""
    return bee.share("my-story", recipient="Dr Finch, who is secret", **request.param)


@pytest.fixture
def link(share: Share) -> Shlink:
    found = link_of(share, BASE_URL)
    assert found is not None
    return found


def _payload(link: Shlink) -> str:
    encoded = link.to_uri().removeprefix("shlink:/")
    return urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()


def _uri(payload: Any) -> str:
    text = payload if isinstance(payload, str) else json.dumps(payload)
    return "shlink:/" + urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_flags_are_a_set_that_readers_know(share: Share, link: Shlink) -> None:
    assert link.flag in KNOWN_FLAGS
    assert link.needs_passcode == share.terms.with_passcode
    assert link.is_direct == share.terms.is_direct
    assert ("L" in link.flag) == (share.terms.duration != "visit")


def test_the_url_is_short_and_can_not_be_guessed(link: Shlink) -> None:
    assert len(link.url) <= 128
    assert link.url.startswith(f"{BASE_URL}/shl/")
    assert len(link.url.rsplit("/", 1)[1]) == 43


def test_the_key_has_43_characters_and_is_fresh(bee: Resident, link: Shlink) -> None:
    assert len(link.key) == 43
    other = link_of(bee.share("my-story"), BASE_URL)
    assert other is not None
    assert link.key != other.key
    assert link.url != other.url


def test_the_label_tells_a_stranger_nothing(link: Shlink) -> None:
    assert 0 < len(link.label) <= 80
    assert "Finch" not in _payload(link)


def test_the_json_is_minified(link: Shlink) -> None:
    assert json.dumps(json.loads(_payload(link)), separators=(",", ":")) == _payload(link)
    assert set(json.loads(_payload(link))) <= {"url", "key", "flag", "label", "exp", "v"}


def test_only_a_direct_link_says_when_it_ends(share: Share, link: Shlink) -> None:
    assert link.exp == (share.expires_at if share.terms.is_direct else None)


def test_the_viewers_link_is_short_enough_for_a_wallet_card(link: Shlink) -> None:
    text = viewer_link(link, BASE_URL)
    assert text.startswith(f"{BASE_URL}/view#shlink:/")
    assert len(text) < 330


def test_no_secret_leaves_the_phone_before_the_fragment(share: Share, link: Shlink) -> None:
    before, fragment = viewer_link(link, BASE_URL).split("#", 1)
    assert before == f"{BASE_URL}/view"
    assert share.passcode is None or share.passcode not in fragment


def test_what_we_write_we_read(link: Shlink) -> None:
    assert parse(link.to_uri()) == link
    assert parse(viewer_link(link, BASE_URL)) == link
    assert parse(f"  {link.to_uri()}\n") == link


@pytest.mark.parametrize(
    "after", [", thanks, Marge", " thanks Marge", ".", ">", '"', ")", "”", "="]
)
def test_what_stands_after_a_link_is_no_part_of_it(link: Shlink, after: str) -> None:
    assert parse(f"Here it is <{viewer_link(link, BASE_URL)}{after}") == link


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n> ", " "])
def test_a_link_that_a_mail_program_broke_over_lines_is_read(link: Shlink, line_break: str) -> None:
    uri = link.to_uri()
    broken = line_break.join([uri[:70], uri[70:140], uri[140:]])
    assert parse(f"{broken}\nThanks, Marge") == link


@pytest.mark.parametrize("after", ["", " thanks, Marge", "."])
def test_a_link_that_was_cut_off_is_damaged(link: Shlink, after: str) -> None:
    with pytest.raises(NotALink, match="damaged"):
        parse(link.to_uri()[:-9] + after)


def test_unknown_properties_and_flags_are_ignored() -> None:
    found = parse(_uri({**PAYLOAD, "flag": "XLZ", "extension": {"a": 1}, "_x": [], "v": 1}))
    assert found == Shlink(PAYLOAD["url"], PAYLOAD["key"], "L")


def test_what_may_be_missing_may_be_missing() -> None:
    assert parse(_uri(PAYLOAD)) == Shlink(PAYLOAD["url"], PAYLOAD["key"])


def test_a_newer_version_says_so() -> None:
    with pytest.raises(NotALink, match="newer"):
        parse(_uri({**PAYLOAD, "v": 2}))


@pytest.mark.parametrize(
    "change",
    [
        {"url": None},
        {"url": "javascript:alert(1)"},
        {"url": "file:///etc/passwd"},
        {"url": "//no-scheme.example"},
        {"url": "https://" + "a" * 121},
        {"url": ["https://other.example"]},
        {"key": None},
        {"key": "A" * 42},
        {"key": "A" * 44},
        {"key": "A" * 42 + "+"},
        {"key": "A" * 42 + "é"},
        {"key": 7},
        {"flag": 7},
        {"flag": "PU"},
        {"exp": float("inf")},
        {"exp": float("nan")},
    ],
    ids=str,
)
def test_a_damaged_link_is_refused_in_words(change: dict[str, object]) -> None:
    with pytest.raises(NotALink, match="damaged"):
        parse(_uri({**PAYLOAD, **change}))


@pytest.mark.parametrize("missing", ["url", "key"])
def test_a_link_without_url_or_key_is_refused(missing: str) -> None:
    with pytest.raises(NotALink):
        parse(_uri({name: value for name, value in PAYLOAD.items() if name != missing}))


@pytest.mark.parametrize(
    ("odd", "read_as"),
    [({"exp": True}, None), ({"exp": "soon"}, None), ({"exp": 1.9}, 1), ({"exp": -1}, -1)],
)
def test_an_odd_hint_of_when_it_ends_is_no_reason_to_refuse(
    odd: dict[str, object], read_as: int | None
) -> None:
    assert parse(_uri({**PAYLOAD, **odd})).exp == read_as


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["url", "key", "flag", "exp", "label", "v"])


@given(
    st.text()
    | st.text().map(lambda text: "shlink:/" + text)
    | st.text().map(_uri)
    | JSON.map(_uri)
    | st.dictionaries(NAMES, JSON).map(lambda odd: _uri({**PAYLOAD, **odd}))
)
def test_any_text_is_a_link_or_is_said_to_be_none(text: str) -> None:
    try:
        found = parse(text)
    except NotALink:
        return
    assert found.flag in KNOWN_FLAGS
    assert len(found.url) <= 128
    assert len(found.label) <= 80
    assert parse(found.to_uri()) == found


def test_a_deeply_nested_payload_is_refused() -> None:
    with pytest.raises(NotALink):
        parse(_uri("[" * 100_000))
