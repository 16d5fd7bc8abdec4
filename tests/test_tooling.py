"""What is fetched, built and rendered leans on nobody but us."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "passport" / "web" / "static" / "built"
TEMPLATES = sorted(
    path for room in ("web", "viewer") for path in (ROOT / "passport" / room).rglob("*.html")
)
# The reader's page carries what its policy names by digest (passport/viewer/within_page.py).
INLINE = {
    "script": re.compile(
        r"<script\b(?![^>]*(?:\ssrc=|>{{ (?:(?:story_)?script|draw_anyway) }}<))", re.IGNORECASE
    ),
    "style": re.compile(r"<style\b(?!>{{ (?:story_)?styles }}<)|\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "address of another site": re.compile(r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//", re.I),
}


@pytest.mark.parametrize("sheet", sorted(BUILT.glob("*.css")), ids=lambda path: path.name)
def test_a_stylesheet_asks_for_nothing_but_our_own_files(sheet):
    addresses = re.findall(r"url\(\"?([^\")]*)", sheet.read_text())

    assert "http" not in sheet.read_text()
    assert [a for a in addresses if not a.startswith("data:") and not (BUILT / a).is_file()] == []


def test_the_stylesheet_of_pages_is_built():
    assert (BUILT / "passport.css").stat().st_size > 10_000


def test_what_the_viewers_own_sheets_say_of_attributes_is_left_in():
    sources = (ROOT / "passport" / "viewer" / "assets" / "parts").glob("*.scss")
    said = {name for path in sources for name in re.findall(r"\[(data-[a-z-]+)", path.read_text())}

    built = "".join((BUILT / name).read_text() for name in ("viewer.css", "story_page.css"))

    assert "data-letters" in said
    assert [name for name in said if f"[{name}" not in built] == []


def test_the_font_is_ours_and_nobody_elses_brand_is_left():
    assert 'html{font-family:"Atkinson Hyperlegible"' in (BUILT / "passport.css").read_text()
    for sheet in BUILT.glob("*.css"):
        css = sheet.read_text()
        assert "Frutiger" not in css, sheet.name
        assert "#005eb8" not in css, sheet.name


@pytest.mark.parametrize("folder", [".", "tests/oldest_browser"])
def test_packages_are_locked_by_digest_and_not_to_one_registry(folder):
    lock = json.loads((ROOT / folder / "package-lock.json").read_text())
    packages = {
        name: package
        for name, package in lock["packages"].items()
        if name and not package.get("inBundle")
    }

    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_python_requirements_are_pinned_without_an_address(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line]

    assert [line for line in lines if not re.fullmatch(r"[a-z0-9._-]+==[^ ]+( ; .+)?", line)] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
@pytest.mark.parametrize("kind", INLINE)
def test_no_template_holds_what_the_browser_is_told_to_refuse(template, kind):
    assert INLINE[kind].findall(template.read_text()) == []


TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
AT_ONCE = re.compile(r"assert .*\.(is_visible|is_checked|title|all_inner_texts)\(\)$", re.M)


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_no_test_asks_a_page_without_waiting_for_it(path):
    """A press returns when the next page has begun to come, not when its title is there."""
    assert AT_ONCE.findall(path.read_text()) == []
