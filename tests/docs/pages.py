"""The project's written pages, and what can be found in them."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
_FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")


def name_of(page: Path) -> str:
    """The page's place in the project."""
    return str(page.relative_to(ROOT))


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    return [text for kind, text in _FENCED.findall(page.read_text()) if kind == language]


def links(page: Path) -> list[str]:
    """Where the page's links lead, those to other sites left out."""
    found = _LINK.findall(_FENCED.sub("", page.read_text()))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def anchors(page: Path) -> set[str]:
    """What `#…` can name on the page, spelled as code forges spell it."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named_tests(page: Path) -> list[tuple[str, str]]:
    """(file, test) for each test that the page names."""
    return _TEST.findall(page.read_text())


def commands(page: Path) -> list[str]:
    """The lines that a reader types, with continued lines made one and comments left out."""
    lines = "\n".join(blocks(page, "sh")).replace("\\\n", " ").splitlines()
    typed = [line.split(" #")[0].strip() for line in lines]
    return [line for line in typed if line and not line.startswith("#")]
