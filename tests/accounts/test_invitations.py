"""An invitation makes one person a supporter, once, within a week."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from passport import clock
from passport.access import NotPermitted
from passport.accounts.errors import (
    AlreadySupporting,
    OwnInvitation,
    TermsNotUsable,
    UnknownInvitation,
)
from passport.accounts.invitations import (
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    get_invitation,
    invite,
    list_invitations,
    show_invitation,
)
from passport.accounts.supporters import list_supporters
from passport.crypto.recovery_code import MistypedCode, new_recovery_code
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.supporters import helper_of, some_terms


@pytest.fixture
def rosa(database: Database) -> Resident:
    return new_resident(database)


@pytest.fixture
def sam(database: Database) -> Resident:
    return new_resident(database)


def test_whoever_is_invited_sees_who_invites_and_what_for(rosa: Resident, sam: Resident) -> None:
    terms = some_terms("read", "write", sections=frozenset({"please-do"}))
    code = invite(rosa.database, rosa.passport, terms).code
    assert show_invitation(rosa.database, sam.passport, code.lower().replace("-", " ")) == terms


def test_accepting_makes_a_supporter_at_once(rosa: Resident, sam: Resident) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    accept_invitation(rosa.database, sam.passport, code, "Sam W")
    (supporter,) = list_supporters(rosa.database, rosa.passport)
    assert (supporter.terms, supporter.called) == (some_terms(), "Sam W")
    assert list_invitations(rosa.database, rosa.passport) == []


def test_the_owner_can_show_the_code_again_until_it_is_used(rosa: Resident, sam: Resident) -> None:
    made = invite(rosa.database, rosa.passport, some_terms())
    again = get_invitation(rosa.database, rosa.passport, made.invitation_id)
    assert again.code == made.code
    accept_invitation(rosa.database, sam.passport, made.code, "Sam")
    with pytest.raises(UnknownInvitation):
        get_invitation(rosa.database, rosa.passport, made.invitation_id)


def _use(rosa: Resident, made: object) -> None:
    other = new_resident(rosa.database)
    accept_invitation(rosa.database, other.passport, made.code, "Ada")  # type: ignore[attr-defined]


def _decline(rosa: Resident, made: object) -> None:
    other = new_resident(rosa.database)
    decline_invitation(rosa.database, other.passport, made.code)  # type: ignore[attr-defined]


def _cancel(rosa: Resident, made: object) -> None:
    cancel_invitation(rosa.database, rosa.passport, made.invitation_id)  # type: ignore[attr-defined]


@pytest.mark.parametrize("gone", [_use, _decline, _cancel])
@pytest.mark.parametrize("verb", [show_invitation, decline_invitation])
def test_a_code_that_is_used_declined_or_cancelled_does_nothing(
    rosa: Resident, sam: Resident, gone: Callable, verb: Callable
) -> None:
    made = invite(rosa.database, rosa.passport, some_terms())
    gone(rosa, made)
    with pytest.raises(UnknownInvitation):
        verb(rosa.database, sam.passport, made.code)
    with pytest.raises(UnknownInvitation):
        accept_invitation(rosa.database, sam.passport, made.code, "Sam")


def test_after_a_week_it_is_as_if_it_had_never_been(
    rosa: Resident, sam: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    later = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    for typed in (code, new_recovery_code()):
        with pytest.raises(UnknownInvitation) as refusal:
            show_invitation(rosa.database, sam.passport, typed)
        assert str(refusal.value) == str(UnknownInvitation())
    with pytest.raises(UnknownInvitation):
        accept_invitation(rosa.database, sam.passport, code, "Sam")


def test_an_expired_code_is_not_fetched_so_that_it_costs_what_an_unknown_one_does(
    rosa: Resident, sam: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    later = clock.now() + timedelta(days=8)
    monkeypatch.setattr(clock, "now", lambda: later)
    opened: list[object] = []
    monkeypatch.setattr(
        "passport.crypto.invitation_secret.InvitationSecret.unwrap", lambda *a: opened.append(a)
    )
    with pytest.raises(UnknownInvitation):
        show_invitation(rosa.database, sam.passport, code)
    assert opened == []


def test_who_writes_the_database_cannot_make_a_code_last_longer(
    rosa: Resident, sam: Resident
) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    with rosa.database.write() as connection:
        mine = tables.invitations.c.passport_id == rosa.passport.passport_id
        connection.execute(
            update(tables.invitations).where(mine).values(expires_at=clock.epoch() + 10**8)
        )
    with pytest.raises(UnknownInvitation):
        accept_invitation(rosa.database, sam.passport, code, "Sam")


def test_a_mistyped_group_is_named(rosa: Resident, sam: Resident) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    groups = code.split("-")
    groups[2] = ("7" if groups[2][0] != "7" else "8") + groups[2][1:]
    with pytest.raises(MistypedCode) as wrong:
        accept_invitation(rosa.database, sam.passport, "-".join(groups), "Sam")
    assert wrong.value.groups == (3,)


def test_the_owner_is_told_that_it_is_her_own(rosa: Resident) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    for verb in (show_invitation, decline_invitation):
        with pytest.raises(OwnInvitation):
            verb(rosa.database, rosa.passport, code)
    assert len(list_invitations(rosa.database, rosa.passport)) == 1


def test_a_supporter_is_no_supporter_twice_and_the_invitation_stays(
    rosa: Resident, sam: Resident
) -> None:
    first, second = (invite(rosa.database, rosa.passport, some_terms()).code for _ in "12")
    accept_invitation(rosa.database, sam.passport, first, "Sam")
    with pytest.raises(AlreadySupporting):
        accept_invitation(rosa.database, sam.passport, second, "Sam")
    assert len(list_invitations(rosa.database, rosa.passport)) == 1


def test_of_many_who_accept_at_once_one_becomes_the_supporter(rosa: Resident) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    people = [new_resident(rosa.database) for _ in range(6)]

    def accept(person: Resident) -> bool:
        try:
            accept_invitation(rosa.database, person.passport, code, "Sam")
        except UnknownInvitation:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(accept, people)) == 1
    assert len(list_supporters(rosa.database, rosa.passport)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "Self"},
        {"owner_name": ""},
        {"owner_name": "x" * 61},
        {"permissions": frozenset()},
        {"permissions": frozenset({"erase"})},
        {"sections": frozenset()},
        {"until": 1},
    ],
)
def test_terms_that_mean_nothing_are_refused(rosa: Resident, wrong: dict[str, object]) -> None:
    with pytest.raises(TermsNotUsable):
        invite(rosa.database, rosa.passport, replace(some_terms(), **wrong))
    assert list_invitations(rosa.database, rosa.passport) == []


def test_a_supporter_invites_nobody_and_sees_no_invitations(rosa: Resident) -> None:
    made = invite(rosa.database, rosa.passport, some_terms())
    helper = helper_of(rosa)
    for verb in (
        lambda: invite(rosa.database, helper, some_terms()),
        lambda: list_invitations(rosa.database, helper),
        lambda: get_invitation(rosa.database, helper, made.invitation_id),
        lambda: cancel_invitation(rosa.database, helper, made.invitation_id),
        lambda: show_invitation(rosa.database, helper, made.code),
        lambda: accept_invitation(rosa.database, helper, made.code, "x"),
        lambda: decline_invitation(rosa.database, helper, made.code),
    ):
        with pytest.raises(NotPermitted):
            verb()


def test_another_owners_invitation_is_unknown(rosa: Resident, sam: Resident) -> None:
    made = invite(rosa.database, rosa.passport, some_terms())
    for verb in (get_invitation, cancel_invitation):
        with pytest.raises(UnknownInvitation):
            verb(rosa.database, sam.passport, made.invitation_id)
        with pytest.raises(UnknownInvitation):
            verb(rosa.database, sam.passport, "no id\0")


def test_the_database_keeps_no_code_in_clear(rosa: Resident) -> None:
    code = invite(rosa.database, rosa.passport, some_terms()).code
    with rosa.database.read() as connection:
        rows = connection.execute(select(tables.invitations)).all()
    assert code.encode() not in b"".join(v for row in rows for v in row if isinstance(v, bytes))
