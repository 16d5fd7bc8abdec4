"""No page says anything that its translators never see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).parents[2] / "passport"
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
JINJA = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
# What is a name, an address, or the value of an attribute.
SAME_EVERYWHERE = {
    "Story Passport",
    "– Story Passport",
    "/recover",
    "?skip=0",
    "page",
    "true",
    "on",
    "off",
}
# Their sentences are still built in one language: whoever wraps them takes the line out.
NOT_YET: set[str] = set()
NOT_YET_FORMS: set[str] = set()
# Written for programmers.
ENGLISH_ONLY = {"api/templates/api/docs.html"}
SAID_IN_PARAMETERS = {"text", "heading", "titleText", "visuallyHiddenText", "summary", "hint"}
SAID_IN_ATTRIBUTES = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"\x00]*)"')
TAG = re.compile(r"<[^>]*>", re.DOTALL)
LETTERS = re.compile(r"[^\W\d_]{2}")
SAYING = {"flash", "InputRequired", "SelectChoice", "ValidationError", "SubmitField"}


def says(text: object) -> bool:
    return isinstance(text, str) and bool(LETTERS.search(text))


def plain_texts(source: str) -> Iterator[str]:
    """What stands on the page outside of Jinja's braces, and in attributes that are read out."""
    tokens = JINJA.lex(source)
    page = "".join(value if kind == "data" else "\x00" for _, kind, value in tokens)
    page = re.sub(r"<!--.*?-->|<style>.*?</style>", "", page, flags=re.DOTALL)
    yield from SAID_IN_ATTRIBUTES.findall(page)
    for text in re.split("\x00+", TAG.sub("\x00", page)):
        yield text.replace("&nbsp;", " ").strip()


def written_in_braces(node: nodes.Node) -> Iterator[str]:
    """Words that an expression says without asking for their translation."""
    key = node.key if isinstance(node, nodes.Pair) else None
    if isinstance(key, nodes.Const) and key.value in SAID_IN_PARAMETERS:
        yield from constants(node.value)
    if isinstance(node, nodes.Output):
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield from constants(part)
    for child in node.iter_child_nodes():
        yield from written_in_braces(child)


def constants(node: nodes.Node) -> Iterator[str]:
    """Texts that this expression may be: not those that it passes on."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from constants(node.expr1)
        if node.expr2 is not None:
            yield from constants(node.expr2)
    elif isinstance(node, nodes.Concat):
        for part in node.nodes:
            yield from constants(part)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_says_nothing_outside_the_catalogues(path: Path) -> None:
    if name_of(path) in ENGLISH_ONLY | NOT_YET:
        return
    source = path.read_text()
    said = [*plain_texts(source), *written_in_braces(JINJA.parse(source))]
    assert [text for text in said if says(text) and text not in SAME_EVERYWHERE] == []


def untranslated_in(path: Path) -> Iterator[str]:
    """Literal words in calls that show them to somebody."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        shown = node.args[1:2] if name == "SelectChoice" else node.args[:1]
        shown = shown if name in SAYING or name.endswith("Field") else []
        shown = [*shown, *(k.value for k in node.keywords if k.arg in ("description", "message"))]
        for given in shown:
            if isinstance(given, ast.JoinedStr) or (
                isinstance(given, ast.Constant) and says(given.value)
            ):
                yield f"{name_of(path)}:{given.lineno}"


def test_no_form_or_message_of_the_pages_says_words_outside_the_catalogues() -> None:
    pages = [p for p in sorted((ROOT / "web").rglob("*.py")) if name_of(p) not in NOT_YET_FORMS]
    assert [place for path in pages for place in untranslated_in(path)] == []
