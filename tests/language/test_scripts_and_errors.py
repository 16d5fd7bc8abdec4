"""Scripts and services say nothing to people that its translators never see."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from passport.errors import PassportError
from tests.language.catalogues import texts

ROOT = Path(__file__).parents[2] / "passport"
SCRIPTS = sorted(
    path for room in ("web", "viewer") for path in (ROOT / room / "assets").rglob("*.js")
)
# Words that begin with a capital letter, or words after a gap.
SENTENCE = re.compile(r"^\W*[A-Z][a-z’']+(?:[^\w-]|$)|\$\{[^}]*\}\W+[a-z]+ [a-z]+ ")
STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`")
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
# Names of FHIR, and of keys.
NAMES = {"Bundle", "Code", "Composition", "Escape", "Patient", "Reference"}
# What these answer is read by programs, and by whoever writes one or runs the service.
FOR_PROGRAMS = {"trusts", "api", "cli"}


def strings_of(script: Path) -> Iterator[str]:
    for match in STRING.finditer(COMMENT.sub("", script.read_text())):
        yield next(filter(None, match.groups()), "")


def test_scripts_take_their_words_from_the_page() -> None:
    """Where its template says them in the reader's language: `data-…`, or <template data-words>."""
    said = [
        (path.name, text)
        for path in SCRIPTS
        for text in strings_of(path)
        if SENTENCE.search(text) and text not in NAMES
    ]
    assert said == []


def trees() -> dict[Path, ast.Module]:
    rooms = (
        path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in FOR_PROGRAMS
    )
    return {path: ast.parse(path.read_text()) for path in rooms}


def errors_of(module: object) -> dict[str, type[PassportError]]:
    return {
        name: value
        for name, value in vars(module).items()
        if isinstance(value, type) and issubclass(value, PassportError)
    }


def takes_words(error: type[PassportError]) -> bool:
    parameters = list(inspect.signature(error.__init__).parameters)
    return len(parameters) > 1 and parameters[1] == "words"


def makings(tree: ast.Module, errors: dict[str, type[PassportError]]) -> Iterator[ast.Call]:
    """Where an error is made with words of its own."""
    for node in ast.walk(tree):
        inside = ast.walk(node) if isinstance(node, ast.ClassDef) and node.name in errors else ()
        yield from (one for one in inside if is_call(one, "super().__init__"))
        made = errors.get(ast.unparse(node.func)) if isinstance(node, ast.Call) else None
        if made and takes_words(made):
            yield node


def is_call(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == name


def words_given(path: Path, tree: ast.Module) -> Iterator[tuple[int, object]]:
    """(line, words) of each error that is made; words known only when it happens are left out."""
    module = importlib.import_module(".".join(("passport", *path.relative_to(ROOT).parts))[:-3])
    for call in makings(tree, errors_of(module)):
        for given in call.args[:1]:
            if isinstance(given, ast.JoinedStr):
                yield call.lineno, ast.unparse(given)
                continue
            with suppress(NameError):
                yield call.lineno, eval(ast.unparse(given), dict(vars(module)))


def test_what_errors_say_stands_in_the_catalogues() -> None:
    known = set(texts())
    missing = [
        (str(path.relative_to(ROOT)), line, words)
        for path, tree in trees().items()
        for line, words in words_given(path, tree)
        if words not in known
    ]
    assert missing == []


def test_pages_say_errors_in_the_readers_language() -> None:
    """`error_words(error)`, never `str(error)`, which is English."""
    rooms = (path for room in ("web", "viewer") for path in (ROOT / room).rglob("*.py"))
    found = [
        path.name for path in rooms if re.search(r"str\((?:error|e|problem)\)", path.read_text())
    ]
    assert set(found) <= {"error_words.py", "form_parts.py"}
