"""What the pages say is there, is there."""

import ast
import re
import shlex
from pathlib import Path

import click
import pytest

from scripts.write_cli_reference import leaf_commands
from tests.docs.pages import PAGES, ROOT, anchors, commands, links, name_of, named_tests

EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=name_of)
OF_FLASK = {"run", "shell", "routes"}


@EVERY_PAGE
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not _leads_somewhere(page, link)] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (page.parent / path) if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@EVERY_PAGE
def test_every_test_that_is_named_is_there(page: Path) -> None:
    missing = [f"{file}::{test}" for file, test in named_tests(page) if test not in _tests_in(file)]
    assert missing == []


def _tests_in(file: str) -> set[str]:
    path = ROOT / file
    tree = ast.parse(path.read_text() if path.exists() else "")
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("name", ["threats", "hazard-log", "smart-health-links"])
def test_every_row_names_a_test_or_says_that_there_is_none(name: str) -> None:
    text = (ROOT / "docs" / "explanation" / f"{name}.md").read_text()
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    rows = [line for line in lines if "shown by" not in line]
    assert len(rows) > 15
    assert [row for row in rows if not re.search(r"::test_|not yet|no test can", row)] == []


def test_every_row_of_the_security_page_names_a_test_or_says_why_there_is_none() -> None:
    text = (ROOT / "docs" / "security.md").read_text()
    rows = [line for line in text.splitlines() if line.startswith("| ") and "| where |" not in line]
    assert len(rows) > 60
    assert [row for row in rows if not re.search(r"::test_|not yet|does not apply", row)] == []
    assert re.findall(r"^## V(\d+) ", text, re.MULTILINE) == [str(n) for n in range(1, 18)]


@EVERY_PAGE
def test_every_make_target_is_there(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = [line.split()[1] for line in commands(page) if line.startswith("make ")]
    assert set(named) <= targets


@EVERY_PAGE
def test_every_flask_command_is_there_with_its_options(page: Path) -> None:
    leaves = dict(leaf_commands())
    for line in commands(page):
        _, ours, typed = line.partition("flask --app wsgi ")
        if ours:
            name = next((n for n in leaves if typed.startswith(n)), None)
            assert name, f"no such command: {typed}"
            assert _options(typed) <= {o for p in leaves[name].params for o in _names(p)}


def _options(typed: str) -> set[str]:
    words = shlex.split(re.split(r"[|>)]", typed)[0], posix=False)
    return {word.split("=")[0] for word in words if word.startswith("--")}


def _names(parameter: click.Parameter) -> list[str]:
    return list(parameter.opts)


@EVERY_PAGE
def test_every_file_that_a_command_runs_is_there(page: Path) -> None:
    named = re.findall(r"(?:^|\s)((?:scripts|config|bench)/[\w/.-]+)", "\n".join(commands(page)))
    assert [file for file in named if not (ROOT / file).exists()] == []


def test_the_tutorial_names_buttons_and_headings_that_are_there() -> None:
    words = (ROOT / "docs" / "tutorial" / "first-scan.md").read_text()
    named = set(re.findall(r"\*\*(.+?)\*\*", words))
    shown = "".join(page.read_text() for page in (ROOT / "passport").rglob("templates/**/*.html"))
    assert len(named) > 5
    assert [
        label for label in named if not re.search(rf"[>\"]{re.escape(label)}[<\"]", shown)
    ] == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    records = {page.name for page in folder.glob("[0-9]*.md")}
    assert records == set(links(folder / "README.md"))
