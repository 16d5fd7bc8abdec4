"""With any one way in lost, any other opens the same story: also the one by recovery helpers."""

import pytest

from passport.accounts.recovery_errors import UnknownOwner
from passport.accounts.recovery_helpers import list_helpers, remove_helper
from passport.accounts.ways_in import OWN_KINDS, remove_way_in
from tests.accounts.helped import Helped, Later, name_helper
from tests.accounts.test_ways_in import (
    REFUSALS,
    WAYS,
    Open,
    bee,
    reads_her_story,
    way,
)
from tests.residents import Resident, new_resident

__all__ = ["bee"]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


def with_helper(bee: Resident, later: Later) -> Open:
    ada = new_resident(bee.database)
    helped = Helped(bee, [ada], [name_helper(bee, ada, "Ada")])

    def rings_ada_and_waits() -> str:
        ticket = helped.ticket()
        helped.helps(0, ticket.number)
        later(48)
        return helped.gets_in(ticket)

    return rings_ada_and_waits


def test_every_own_way_in_is_here() -> None:
    assert set(WAYS) == set(OWN_KINDS)


@pytest.mark.parametrize("lost", WAYS)
def test_with_a_way_lost_a_helper_opens_the_same_story(
    bee: Resident, later: Later, lost: str
) -> None:
    shut, back_in = WAYS[lost](bee), with_helper(bee, later)
    remove_way_in(bee.database, bee.passport, way(bee, lost))
    with pytest.raises(REFUSALS):
        shut()
    assert reads_her_story(bee, back_in())


@pytest.mark.parametrize("other", WAYS)
def test_with_the_helper_lost_any_own_way_opens_the_same_story(
    bee: Resident, later: Later, other: str
) -> None:
    still_open, back_in = WAYS[other](bee), with_helper(bee, later)
    (ada,) = list_helpers(bee.database, bee.passport).helpers
    remove_helper(bee.database, bee.passport, ada.helper_id)
    with pytest.raises(UnknownOwner):
        back_in()
    assert reads_her_story(bee, still_open())
