"""A share holds every word that was ticked, and no other."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passport.sharing import share_files
from passport.sharing.errors import NotAllowed, NothingChosen
from passport.storage.database import Database
from passport.story.catalogue import CATALOGUE, IDENTITY, Part, section_type
from passport.story.sections import section
from tests.residents import Resident, new_resident
from tests.sharing.clinician import bundle, jwe_of, marks_in, read

KEYS = [kind.key for kind in CATALOGUE] + ["own-1a", "own-2b"]
FACTS = [part.key for part in IDENTITY.parts]
BIRTH = "1962-03-27"


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with two sections and her facts written down."""
    resident = new_resident(database)
    resident.write("my-story", "About the fire, mark1x.")
    resident.write("please-do", ["Knock first, mark2x"])
    resident.write("identity", {"called": "Bee mark3x", "address": "1 Lane mark4x"})
    return resident


class Marks:
    """Gives every answer a word of its own, and remembers whose it is."""

    def __init__(self) -> None:
        self.of: dict[str, set[str]] = {}
        self._count = 0

    def one(self, key: str) -> str:
        self._count += 1
        mark = f"mark{self._count}x"
        self.of.setdefault(key, set()).add(mark)
        return mark

    def answer(self, key: str, part: Part) -> Any:
        if part.kind == "people":
            fields = ("name", "relationship", "phone", "when")
            return [{field: self.one(key) for field in fields} for _ in range(2)]
        if part.kind == "lines":
            return [self.one(key), self.one(key)]
        if part.kind == "choices":
            return [part.choices[0].key]
        return BIRTH if part.kind == "date" else f"{self.one(key)}\n{self.one(key)}"


def _write_everything(resident: Resident, marks: Marks, sensitive: set[str]) -> None:
    for key in KEYS:
        kind = section_type(key)
        assert kind is not None
        content = {part.key: marks.answer(key, part) for part in kind.parts}
        title = marks.one(key) if key.startswith("own-") else ""
        resident.write(key, content, title=title, sensitive=key in sensitive, based_on=0)
    facts = {part.key: marks.answer(part.key, part) for part in IDENTITY.parts}
    resident.write("identity", facts, based_on=0)


SOME_KEYS = st.lists(st.sampled_from(KEYS), unique=True)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ticked=SOME_KEYS.filter(bool),
    facts=st.lists(st.sampled_from(FACTS), unique=True),
    sensitive=st.sets(st.sampled_from(KEYS)),
    ticked_again=st.sets(st.sampled_from(KEYS)),
    marked_later=st.sets(st.sampled_from(KEYS)),
)
def test_any_choice_lets_out_exactly_what_was_ticked(
    database: Database,
    ticked: list[str],
    facts: list[str],
    sensitive: set[str],
    ticked_again: set[str],
    marked_later: set[str],
) -> None:
    resident, marks = new_resident(database), Marks()
    _write_everything(resident, marks, sensitive)
    allowed = {key for key in ticked if key not in sensitive or key in ticked_again}
    chosen: dict[str, Any] = {"identity": tuple(facts), "sensitive": tuple(ticked_again)}
    if not allowed and not facts:
        with pytest.raises(NothingChosen):
            resident.share(*ticked, **chosen)
        return
    share = resident.share(*ticked, **chosen)
    _holds_exactly(read(database, share), marks, allowed, facts)
    for key in marked_later:
        words = section(database, resident.passport, key)
        resident.write(key, words.content, title=words.title, sensitive=True)
    allowed = {key for key in allowed if key in sensitive or key not in marked_later}
    _holds_exactly(read(database, share), marks, allowed, facts)


def _holds_exactly(text: str, marks: Marks, keys: set[str], facts: list[str]) -> None:
    wanted = {mark for key in (*keys, *facts) for mark in marks.of.get(key, set())}
    assert marks_in(text) == wanted
    assert (BIRTH in text) == ("birth-date" in facts)
    assert ("Speak slowly and clearly" in text) == ("communicate" in keys)
    assert ("Space for my wheelchair" in text) == ("adjustments" in keys)
    for kind in CATALOGUE:
        named = f'"{kind.key}"' in text or f">{kind.title}<" in text
        assert not named or kind.key in keys


def test_sections_come_in_the_order_that_was_chosen(bee: Resident) -> None:
    composition = bundle(bee.database, bee.share("please-do", "my-story"))["entry"][0]["resource"]
    titles = [found["title"] for found in composition["section"]]
    assert titles[:2] == ["Please do", "My story so far"]


def test_facts_leave_one_by_one_and_never_as_a_section(bee: Resident) -> None:
    share = bee.share("my-story", "identity", identity=("called",))
    assert marks_in(read(bee.database, share)) == {"mark1x", "mark3x"}


def test_a_section_made_sensitive_later_leaves_the_share(bee: Resident) -> None:
    share = bee.share("my-story", "please-do")
    bee.write("my-story", "About the fire, mark1x.", sensitive=True)
    text = read(bee.database, share)
    assert marks_in(text) == {"mark2x"}
    assert "my-story" not in text


def test_a_tick_for_a_section_that_was_not_sensitive_lets_nothing_out_later(bee: Resident) -> None:
    share = bee.share("my-story", "please-do", sensitive=("my-story",))
    bee.write("my-story", "About the fire, mark1x.", sensitive=True)
    assert marks_in(read(bee.database, share)) == {"mark2x"}


def test_a_sensitive_section_ticked_for_this_share_stays_in_it(bee: Resident) -> None:
    bee.write("my-story", "About the fire, mark1x.", sensitive=True)
    share = bee.share("my-story", sensitive=("my-story",))
    bee.write("my-story", "About the fire, mark5x.", sensitive=True)
    assert marks_in(read(bee.database, share)) == {"mark5x"}


def test_a_section_written_later_joins_no_share_by_itself(bee: Resident) -> None:
    share = bee.share("my-story")
    bee.write("home", "At home, mark9x.")
    assert marks_in(read(bee.database, share)) == {"mark1x"}


def test_an_edit_is_in_every_share_of_the_section_when_the_save_returns(bee: Resident) -> None:
    shares = [bee.share("my-story"), bee.share("please-do", "my-story"), bee.share("please-do")]
    bee.write("my-story", "About the flood, mark6x.")
    found = [marks_in(read(bee.database, share)) for share in shares]
    assert found == [{"mark6x"}, {"mark2x", "mark6x"}, {"mark2x"}]


def test_a_change_of_facts_is_in_the_shares_that_hold_them(bee: Resident) -> None:
    share, without = bee.share("my-story", identity=("called",)), bee.share("my-story")
    bee.write("identity", {"called": "Bea mark7x", "address": "1 Lane mark8x"})
    assert marks_in(read(bee.database, share)) == {"mark1x", "mark7x"}
    assert marks_in(read(bee.database, without)) == {"mark1x"}


def test_when_refreshing_fails_nothing_is_saved(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = [bee.share("my-story"), bee.share("my-story")]
    honest, calls = share_files.encrypt_file, iter((True, False))

    def breaks_at_the_second(*arguments: Any) -> str:
        if not next(calls):
            raise RuntimeError("no room left")
        return honest(*arguments)

    monkeypatch.setattr(share_files, "encrypt_file", breaks_at_the_second)
    with pytest.raises(RuntimeError):
        bee.write("my-story", "About the flood, mark6x.")
    assert section(bee.database, bee.passport, "my-story").version == 1
    assert [marks_in(read(bee.database, share)) for share in shares] == [{"mark1x"}] * 2


def test_a_refreshed_file_keeps_its_key_and_never_its_iv(bee: Resident) -> None:
    share, ivs = bee.share("my-story"), set()
    for n in range(5):
        bee.write("my-story", f"Version {n}")
        jwe = jwe_of(bee.database, share)
        assert f"Version {n}" in read(bee.database, share)
        ivs.add(jwe.split(".")[2])
    assert len(ivs) == 5


def test_a_files_length_does_not_tell_short_texts_apart(bee: Resident) -> None:
    share = bee.share("my-story")
    lengths = set()
    for n in (1, 20, 60):
        bee.write("my-story", "x" * n)
        lengths.add(len(jwe_of(bee.database, share)))
    assert len(lengths) <= 2


@pytest.mark.parametrize(
    "terms",
    [
        {"recipient": "  \u202e "},
        {"recipient": "r" * 201},
        {"duration": "for ever"},
        {"is_direct": True, "with_passcode": True},
    ],
    ids=str,
)
def test_terms_that_do_not_fit_make_no_share(bee: Resident, terms: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        bee.share("my-story", **terms)


@pytest.mark.parametrize("sections", [(), ("home",), ("no-such",), ("identity",)])
def test_a_share_of_nothing_is_not_made(bee: Resident, sections: tuple[str, ...]) -> None:
    with pytest.raises(NothingChosen):
        bee.share(*sections)
