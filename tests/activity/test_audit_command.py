"""`flask audit verify`: says how much it checked, names what is broken, reads nothing."""

from pathlib import Path

import pytest
from flask import Flask

from passport.wiring import wiring
from tests.activity.records import newest_number, put
from tests.applications import make_app
from tests.residents import Resident, new_resident


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return make_app(tmp_path)


@pytest.fixture
def maud(app: Flask) -> Resident:
    with app.app_context():
        return new_resident(wiring().database)


def run(app: Flask, *arguments: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["audit", "verify", *arguments])
    return result.exit_code, result.output


def test_whole_records_are_counted_and_end_well(app: Flask, maud: Resident) -> None:
    other = new_resident(maud.database)
    entries = newest_number(maud) + newest_number(other)
    said = f"Checked: 2 passports, {entries} entries. Broken places: 0.\n"
    assert run(app) == (0, said)


def test_a_broken_place_is_named_and_ends_badly(app: Flask, maud: Resident) -> None:
    put(maud, 2, created_at=1)
    code, said = run(app)
    assert code == 1
    assert f"{maud.passport.passport_id}  entry 2: changed" in said
    assert "Broken places: 1." in said


def test_one_passport_can_be_checked_alone(app: Flask, maud: Resident) -> None:
    put(maud, 2, created_at=1)
    other = new_resident(maud.database)
    assert run(app, "--passport", other.passport.passport_id)[0] == 0
    assert run(app, "--passport", maud.passport.passport_id)[0] == 1


def test_a_passport_that_is_not_there_is_said_so(app: Flask, maud: Resident) -> None:
    assert run(app, "--passport", "nobody") == (1, "Error: There is no passport with this id.\n")
