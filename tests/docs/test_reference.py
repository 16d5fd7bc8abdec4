"""Reference pages say what the code says."""

import json
import re
from pathlib import Path

from passport import limits
from scripts import (
    write_cli_reference,
    write_export_reference,
    write_limits_reference,
    write_settings_reference,
)
from tests.docs.pages import ROOT


def test_settings_are_described_as_the_code_has_them() -> None:
    assert write_settings_reference.PAGE.read_text() == write_settings_reference.page()


def test_every_variable_that_starts_the_service_is_described() -> None:
    script = (ROOT / "scripts" / "serve.sh").read_text()
    described = set(re.findall(r"`([A-Z_]+)`", write_settings_reference.page()))
    assert set(re.findall(r"\$\{([A-Z_]+)", script)) <= described


def test_every_variable_of_the_settings_is_described() -> None:
    code = (ROOT / "config" / "settings.py").read_text()
    read = set(re.findall(r'environ(?:\.get\(|, )"([A-Z_0-9]+)"', code))
    assert len(read) > 5
    assert read <= set(re.findall(r"`([A-Z_0-9]+)`", write_settings_reference.page()))


def test_commands_are_described_as_the_code_has_them() -> None:
    assert write_cli_reference.PAGE.read_text() == write_cli_reference.page()


def test_exports_are_described_as_the_code_has_them() -> None:
    assert write_export_reference.PAGE.read_text() == write_export_reference.page()


def test_limits_are_described_as_the_code_has_them() -> None:
    page = write_limits_reference.page()
    assert write_limits_reference.PAGE.read_text() == page
    rates = {value for name, value in vars(limits).items() if name.isupper() and " per " in value}
    assert len(rates) > 4
    assert all(f"| {rate} |" in page for rate in rates)


def test_every_dependency_says_why_it_is_there() -> None:
    page = (ROOT / "docs" / "reference" / "dependencies.md").read_text()
    described = set(re.findall(r"^\| (.+?) \|", page, re.MULTILINE))
    named = {name for cell in described for name in re.findall(r"`([^`]+)`", cell)}
    assert named == _required()


def _required() -> set[str]:
    packages = json.loads((ROOT / "package.json").read_text())
    oldest = json.loads((ROOT / "tests" / "oldest_browser" / "package.json").read_text())
    return {
        *_listed(ROOT / "requirements.in"),
        *_listed(ROOT / "requirements-dev.in"),
        *packages["dependencies"],
        *packages["devDependencies"],
        *oldest["devDependencies"],
    }


def _listed(file: Path) -> set[str]:
    lines = (line.strip() for line in file.read_text().splitlines())
    return {re.split(r"[\[<>=~! ]", line)[0] for line in lines if line and line[0] not in "#-"}
