"""Each act has plain words, and whoever records one gives what its words need."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from passport.activity.acts import ACTS, GROUPS, NO_WORDS, act_of

ROOT = Path(__file__).parents[2] / "passport"
RECORDING = {"record", "record_by_service"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call that records an act, with its place."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").strip("_") in RECORDING:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def acts_in(call: ast.Call) -> list[str]:
    """The acts that are written out in a call."""
    texts = (node.value for node in ast.walk(call.args[2]) if isinstance(node, ast.Constant))
    return [text for text in texts if isinstance(text, str)]


def test_every_act_that_is_recorded_has_its_words() -> None:
    found = [(place, act) for place, call in calls() for act in acts_in(call)]
    assert len(found) > 8
    assert [(place, act) for place, act in found if act not in ACTS] == []


def test_every_act_is_recorded_with_the_details_that_its_words_need() -> None:
    short = []
    for place, call in calls():
        given = {keyword.arg for keyword in call.keywords}
        for act in acts_in(call) if getattr(call.func, "id", "") in RECORDING else []:
            missing = ACTS[act].details - given if act in ACTS and None not in given else set()
            short += [(place, act, missing)] if missing else []
    assert short == []


@pytest.mark.parametrize("key", ACTS)
def test_an_act_is_said_in_whole_sentences(key: str) -> None:
    act = ACTS[key]
    assert act.group in GROUPS
    for sentence in (act.owner, act.supporter, act.service):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "{"


def test_an_act_of_another_version_is_named_and_breaks_nothing() -> None:
    act = act_of("moon-<b>{landed}")
    assert act.owner == NO_WORDS
    assert act.details == set()
