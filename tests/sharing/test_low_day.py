"""A low day: one line on top of a share, for today alone."""

from datetime import UTC, datetime, timedelta

import pytest

from passport import clock
from passport.fhir.document import read_document
from passport.fhir.narrative import LOW_DAY
from passport.sharing.change_share import get_share, revoke_share
from passport.sharing.errors import ShareChanged
from passport.sharing.low_day import clear_low_day, set_low_day
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.sharing.clinician import bundle

MIDNIGHT_IN_SUMMER = datetime(2026, 7, 1, 23, 0, tzinfo=UTC)


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("my-story", "About the fire.")
    return resident


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_a_low_day_stands_on_top_of_the_chosen_share_alone(bee: Resident) -> None:
    chosen, another = bee.share("my-story"), bee.share("my-story")
    set_low_day(bee.database, bee.passport, chosen.share_id)
    top = bundle(bee.database, chosen)["entry"][0]["resource"]
    assert LOW_DAY in top["text"]["div"]
    assert "text" not in bundle(bee.database, another)["entry"][0]["resource"]


def test_a_low_day_says_when_it_is_over(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    share = bee.share("my-story")
    at(monkeypatch, MIDNIGHT_IN_SUMMER - timedelta(hours=5))
    set_low_day(bee.database, bee.passport, share.share_id)
    assert read_document(bundle(bee.database, share)).low_day_until == MIDNIGHT_IN_SUMMER


def test_the_next_day_it_is_over_by_itself(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    share = set_low_day(bee.database, bee.passport, bee.share("my-story").share_id)
    assert share.low_day_until is not None
    at(monkeypatch, share.low_day_until)
    assert get_share(bee.database, bee.passport, share.share_id).low_day_until is None
    bee.write("my-story", "About the flood.")
    assert read_document(bundle(bee.database, share)).low_day_until is None


def test_a_low_day_outlives_a_change_of_the_story(bee: Resident) -> None:
    share = set_low_day(bee.database, bee.passport, bee.share("my-story").share_id)
    bee.write("my-story", "About the flood.")
    assert read_document(bundle(bee.database, share)).low_day_until == share.low_day_until


def test_a_low_day_can_be_taken_off_again(bee: Resident) -> None:
    share = set_low_day(bee.database, bee.passport, bee.share("my-story").share_id)
    clear_low_day(bee.database, bee.passport, share.share_id)
    assert LOW_DAY not in str(bundle(bee.database, share))


def test_a_stopped_share_has_no_low_day(bee: Resident) -> None:
    share = bee.share("my-story")
    revoke_share(bee.database, bee.passport, share.share_id)
    with pytest.raises(ShareChanged):
        set_low_day(bee.database, bee.passport, share.share_id)
