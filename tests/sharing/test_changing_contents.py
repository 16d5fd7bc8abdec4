"""Changing what is in a share: the same link shows the new choice, and nothing of the old."""

from dataclasses import replace
from datetime import datetime

import pytest

from passport.access import NotPermitted
from passport.sharing.change_contents import change_contents
from passport.sharing.change_share import get_share, revoke_share
from passport.sharing.errors import NothingChosen, ShareChanged
from passport.sharing.share import Share, ShareTerms
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.sharing.clinician import bundle, marks_in, read
from tests.supporters import helper_of


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("my-story", "About the fire, mark1x.")
    resident.write("please-do", ["Knock first, mark2x"])
    resident.write("crisis", {"helps": ["Quiet, mark3x"]}, sensitive=True)
    resident.write("identity", {"called": "Bee mark4x"})
    return resident


def change(bee: Resident, share: Share, *sections: str, **terms: tuple[str, ...]) -> Share:
    chosen = ShareTerms("", sections, **terms)
    return change_contents(bee.database, bee.passport, share.share_id, chosen)


def test_the_same_link_shows_the_new_choice_and_no_other(bee: Resident) -> None:
    share = bee.share("my-story", with_passcode=True)
    changed = change(bee, share, "please-do", "crisis", sensitive=("crisis",), identity=("called",))
    assert changed.record.secrets == share.record.secrets
    text = read(bee.database, share, share.passcode)
    assert marks_in(text) == {"mark2x", "mark3x", "mark4x"}
    assert "my-story" not in text


def test_a_sensitive_part_needs_its_own_tick_here_too(bee: Resident) -> None:
    share = bee.share("my-story")
    change(bee, share, "please-do", "crisis")
    assert marks_in(read(bee.database, share)) == {"mark2x"}


def test_later_edits_follow_the_new_choice(bee: Resident) -> None:
    share = bee.share("my-story")
    change(bee, share, "please-do")
    bee.write("my-story", "mark8x")
    bee.write("please-do", ["mark9x"])
    assert marks_in(read(bee.database, share)) == {"mark9x"}


def test_whom_it_is_for_and_how_long_stay_as_they_are(bee: Resident) -> None:
    share = bee.share("my-story", recipient="Rose ward", duration="month")
    change(bee, share, "please-do")
    found = get_share(bee.database, bee.passport, share.share_id)
    assert found.terms == replace(share.terms, sections=("please-do",))
    assert found.expires_at == share.expires_at


def test_consent_says_what_is_agreed_to_now(bee: Resident) -> None:
    share = bee.share("my-story")
    change(bee, share, "please-do")
    entries = [entry["resource"] for entry in bundle(bee.database, share)["entry"]]
    (consent,) = [found for found in entries if found["resourceType"] == "Consent"]
    assert [one["id"] for one in consent["provision"]["code"]] == ["please-do"]
    agreed_at = datetime.fromisoformat(consent["dateTime"])
    assert agreed_at == get_share(bee.database, bee.passport, share.share_id).agreed_at


def test_nothing_is_not_a_choice(bee: Resident) -> None:
    share = bee.share("my-story")
    with pytest.raises(NothingChosen):
        change(bee, share)
    assert marks_in(read(bee.database, share)) == {"mark1x"}


def test_a_stopped_share_stays_stopped(bee: Resident) -> None:
    share = bee.share("my-story")
    revoke_share(bee.database, bee.passport, share.share_id)
    with pytest.raises(ShareChanged):
        change(bee, share, "please-do")


def test_a_supporter_changes_only_within_what_was_granted(bee: Resident) -> None:
    share = bee.share("my-story")
    helper = helper_of(bee, "share", sections=("my-story",))
    chosen = ShareTerms("", ("my-story", "please-do"))
    with pytest.raises(NotPermitted):
        change_contents(bee.database, helper, share.share_id, chosen)
