"""Help me back in: two helpers and a wait let the owner in, and nobody else, and never too soon."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from sqlalchemy import select, update

from passport.accounts.errors import (
    OwnInvitation,
    UnknownInvitation,
    WeakPassphrase,
    WrongNameOrPassphrase,
)
from passport.accounts.help_tickets import new_ticket, ticket_state
from passport.accounts.helper_invitations import (
    accept_helping,
    decline_helping,
    invite_helper,
    list_invited,
    look_at,
    take_back,
)
from passport.accounts.helping_back_in import (
    help_back_in,
    list_helped,
    step_down,
    take_back_help,
)
from passport.accounts.prove import prove_with_passphrase
from passport.accounts.recovery_errors import (
    AlreadyHelper,
    HelperIsGone,
    NameMissing,
    NotFinishedYet,
    NotReadyYet,
    TicketOver,
    TooManyHelpers,
    UnknownHelper,
    UnknownOwner,
    WrongHelpNumber,
)
from passport.accounts.recovery_helpers import (
    change_wait,
    confirm_helper,
    find_helper,
    list_helpers,
    remove_helper,
)
from passport.accounts.recovery_pieces import helpers_slot_of, open_given
from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.accounts.slots import unconfirmed_recovery_code
from passport.accounts.stopping_recovery import forget_stopped, recovery_news, stop_recovery
from passport.activity.read import Line, all_lines
from passport.crypto.envelope import CannotOpen
from passport.crypto.help_ticket import HelpTicket
from passport.crypto.helpers_slot import open_with_pieces
from passport.crypto.key_slots import open_slot_with
from passport.crypto.recovery_code import MistypedCode
from passport.leaving.erase import erase_passport
from passport.storage import tables
from passport.storage.database import Database
from tests.accounts.helped import (
    NEW_PASSPHRASE,
    Helped,
    Later,
    columns_of,
    name_helper,
    owner_with_helpers,
)
from tests.residents import CHEAP, PASSPHRASE, PEPPER, new_resident


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Later:
    return Later(monkeypatch)


@pytest.fixture
def two(database: Database) -> Helped:
    """An owner with two recovery helpers."""
    return owner_with_helpers(database, 2)


def _sign_in(helped: Helped, passphrase: str = PASSPHRASE) -> str:
    return sign_in(helped.database, PEPPER, CHEAP, helped.owner.name, passphrase)


def _is_refused(helped: Helped, ticket: HelpTicket, why: type[Exception] = NotReadyYet) -> bool:
    with pytest.raises(why):
        helped.gets_in(ticket)
    return helped.reads_her_story(_sign_in(helped))


# Getting in.


@pytest.mark.parametrize(("count", "helping"), [(1, [0]), (2, [1, 0]), (3, [0, 2]), (3, [1, 2])])
def test_enough_helpers_and_the_wait_let_the_owner_back_in(
    database: Database, later: Later, count: int, helping: list[int]
) -> None:
    helped = owner_with_helpers(database, count)
    ticket = helped.ticket()
    for helper in helping:
        helped.helps(helper, ticket.number)
    later(48)
    assert helped.reads_her_story(helped.gets_in(ticket))
    assert helped.reads_her_story(_sign_in(helped, NEW_PASSPHRASE))


def test_all_three_may_help_too(database: Database, later: Later) -> None:
    helped = owner_with_helpers(database, 3)
    ticket = helped.ticket()
    for helper in range(3):
        helped.helps(helper, ticket.number)
    later(48)
    assert helped.reads_her_story(helped.gets_in(ticket))


def test_the_ticket_works_from_paper_on_another_device(two: Helped, later: Later) -> None:
    paper = two.ticket().to_code()
    for helper in range(2):
        two.helps(helper, HelpTicket.from_code(paper).number)
    later(48)
    assert two.reads_her_story(two.gets_in(HelpTicket.from_code(paper.lower())))


def _let_in(helped: Helped, later: Later) -> str:
    ticket = helped.ticket()
    for helper in range(len(helped.helpers)):
        helped.helps(helper, ticket.number)
    later(48)
    return helped.gets_in(ticket)


def test_getting_in_ends_the_old_passphrase_the_old_code_and_every_session(
    two: Helped, later: Later
) -> None:
    cookie = _let_in(two, later)
    with pytest.raises(WrongNameOrPassphrase):
        _sign_in(two)
    assert open_session(two.database, two.owner.cookie) is None
    passport = open_session(two.database, cookie)
    assert passport is not None
    code = unconfirmed_recovery_code(two.database, passport)
    assert code not in (None, two.owner.recovery_code)


def test_getting_in_leaves_no_request_and_no_piece_of_it(two: Helped, later: Later) -> None:
    passport = open_session(two.database, _let_in(two, later))
    assert passport is not None
    assert recovery_news(two.database, passport.passport_id) == []
    rows = columns_of(two.database, tables.recovery_pieces)
    assert [row for row in rows if row.passport_id == passport.passport_id] == []


def test_the_helpers_can_help_again_with_new_pieces(two: Helped, later: Later) -> None:
    before = _slot(two)
    _let_in(two, later)
    assert _slot(two).slot_id != before.slot_id
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(48)
    assert two.reads_her_story(two.gets_in(ticket, "granite pillow comet yonder"))


def test_a_passphrase_that_others_could_guess_is_refused_and_the_ticket_still_works(
    two: Helped, later: Later
) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(48)
    for weak in ("short", "password password password"):
        with pytest.raises(WeakPassphrase):
            two.gets_in(ticket, weak)
    assert two.reads_her_story(two.gets_in(ticket))


# Never too soon, and never with too little.


def test_a_minute_before_the_wait_is_over_nobody_gets_in(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(48 - 1 / 60)
    with pytest.raises(NotReadyYet) as refusal:
        two.gets_in(ticket)
    assert refusal.value.ready_at is not None
    later(1 / 60)
    assert two.reads_her_story(two.gets_in(ticket))


def test_a_clock_that_goes_back_only_makes_the_wait_longer(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(-100)
    assert _is_refused(two, ticket)


@pytest.mark.parametrize("hours", [24, 72, 168])
def test_the_wait_is_the_one_that_the_owner_chose(two: Helped, later: Later, hours: int) -> None:
    change_wait(two.database, two.owner.passport, hours)
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(hours - 1)
    with pytest.raises(NotReadyYet):
        two.gets_in(ticket)
    later(1)
    assert two.reads_her_story(two.gets_in(ticket))


def test_the_wait_counts_from_the_first_helper(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    first = two.helps(0, ticket.number)
    later(47)
    assert two.helps(1, ticket.number) == first
    later(1)
    assert two.reads_her_story(two.gets_in(ticket))


def test_who_can_write_to_the_database_can_not_shorten_the_wait(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    mine = tables.recovery_requests.c.ticket_lookup == ticket.lookup
    with two.database.write() as connection:
        connection.execute(
            update(tables.recovery_requests).where(mine).values(started_at=0, ready_at=0)
        )
    later(1)
    assert _is_refused(two, ticket)


def test_nor_by_another_waiting_time_in_the_slot(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    slots, mine = tables.key_slots, two.owner.passport.passport_id
    for helper in range(2):
        two.helps(helper, ticket.number)
    changed = {"needed": 2, "wait_hours": 0}
    with two.database.write() as connection:
        connection.execute(
            update(tables.recovery_requests)
            .where(tables.recovery_requests.c.passport_id == mine)
            .values(ready_at=0)
        )
        connection.execute(
            update(slots)
            .where(slots.c.passport_id == mine, slots.c.kind == "recovery-helpers")
            .values(parameters=changed)
        )
    later(1)
    assert _is_refused(two, ticket)


def test_one_helper_of_two_gets_nobody_in(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    two.helps(0, ticket.number)
    later(1000)
    assert _is_refused(two, ticket, TicketOver)


def test_one_helper_with_the_owners_absence_gets_nothing_however_often_they_press(
    two: Helped, later: Later
) -> None:
    ticket = two.ticket()
    for _ in range(3):
        two.helps(0, ticket.number)
    later(48)
    assert ticket_state(two.database, ticket).agreed == 1
    assert _is_refused(two, ticket)


def test_pieces_given_to_different_tickets_do_not_add_up(two: Helped, later: Later) -> None:
    first, second = two.ticket(), two.ticket()
    two.helps(0, first.number)
    two.helps(1, second.number)
    later(48)
    with pytest.raises(NotReadyYet):
        two.gets_in(first)
    assert _is_refused(two, second)


def test_one_helpers_own_ticket_does_not_block_the_others(database: Database, later: Later) -> None:
    helped = owner_with_helpers(database, 3)
    bad, good = helped.ticket(), helped.ticket()
    helped.helps(0, bad.number)
    helped.helps(1, good.number)
    helped.helps(2, good.number)
    helped.helps(0, bad.number)
    later(48)
    with pytest.raises(NotReadyYet):
        helped.gets_in(bad)
    assert helped.reads_her_story(helped.gets_in(good))


def test_a_piece_moved_to_another_ticket_in_the_database_opens_nothing(
    two: Helped, later: Later
) -> None:
    ticket, thiefs = two.ticket(), two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    requests, pieces = tables.recovery_requests, tables.recovery_pieces
    with two.database.write() as connection:
        rows = connection.execute(
            select(pieces).where(pieces.c.ticket_lookup == ticket.lookup)
        ).all()
        connection.execute(pieces.delete().where(pieces.c.ticket_lookup == ticket.lookup))
        connection.execute(
            update(requests)
            .where(requests.c.ticket_lookup == ticket.lookup)
            .values(ticket_lookup=thiefs.lookup)
        )
        for row in rows:
            values = dict(row._mapping) | {"ticket_lookup": thiefs.lookup}
            connection.execute(pieces.insert().values(values))
    later(48)
    assert _is_refused(two, thiefs)


def test_what_a_helper_and_a_ticket_hold_together_opens_no_slot_of_the_owners(
    two: Helped,
) -> None:
    """One piece of two, opened by the ticket's own key, and every key that lies about."""
    ticket = two.ticket()
    two.helps(0, ticket.number)
    with two.database.read() as connection:
        slot = helpers_slot_of(
            connection, two.database.erasure_keys, two.owner.passport.passport_id
        )
        assert slot is not None
        (row,) = connection.execute(
            select(tables.recovery_pieces).where(
                tables.recovery_pieces.c.ticket_lookup == ticket.lookup
            )
        ).all()
    given = open_given(ticket.private_key, slot, row.helper_id, ticket.lookup, row.boxed_piece)
    for pieces in ([given.piece], [given.piece] * 2):
        with pytest.raises(CannotOpen):
            open_with_pieces(slot, pieces)
    for helper in range(2):
        key = two.helpers[helper].passport.key
        with pytest.raises(CannotOpen):
            open_slot_with(slot, "recovery-helpers", key._secret)


# The owner's no.


def test_signing_in_stops_it(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(47)
    _sign_in(two)
    later(1)
    with pytest.raises(TicketOver, match="stopped"):
        two.gets_in(ticket)
    with pytest.raises(TicketOver, match="stopped"):
        ticket_state(two.database, ticket)
    (news,) = recovery_news(two.database, two.owner.passport.passport_id)
    assert news.stopped_at is not None


def test_proving_who_she_is_stops_it_too(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    two.helps(0, ticket.number)
    prove_with_passphrase(two.database, two.owner.cookie, PASSPHRASE)
    with pytest.raises(TicketOver, match="stopped"):
        ticket_state(two.database, ticket)


def test_what_was_stopped_is_told_until_she_says_that_she_has_seen_it(two: Helped) -> None:
    two.helps(0, two.ticket().number)
    passport_id = two.owner.passport.passport_id
    (running,) = recovery_news(two.database, passport_id)
    assert running.stopped_at is None
    forget_stopped(two.database, two.owner.passport)
    assert len(recovery_news(two.database, passport_id)) == 1
    assert stop_recovery(two.database, two.owner.passport)
    assert not stop_recovery(two.database, two.owner.passport)
    assert recovery_news(two.database, passport_id)[0].stopped_at is not None
    forget_stopped(two.database, two.owner.passport)
    assert recovery_news(two.database, passport_id) == []


def test_stopping_ends_the_number_too(two: Helped) -> None:
    ticket = two.ticket()
    two.helps(0, ticket.number)
    stop_recovery(two.database, two.owner.passport)
    with pytest.raises(WrongHelpNumber):
        two.helps(1, ticket.number)


def test_a_helpers_own_sign_in_stops_nothing(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    sign_in(two.database, PEPPER, CHEAP, two.helpers[0].name, PASSPHRASE)
    later(48)
    assert two.reads_her_story(two.gets_in(ticket))


def test_changing_anything_about_the_helpers_stops_it(database: Database, later: Later) -> None:
    for change in (
        lambda h: change_wait(database, h.owner.passport, 24),
        lambda h: remove_helper(database, h.owner.passport, h.ids[2]),
    ):
        helped = owner_with_helpers(database, 3)
        ticket = helped.ticket()
        helped.helps(0, ticket.number)
        helped.helps(1, ticket.number)
        change(helped)
        later(48)
        with pytest.raises(TicketOver, match="stopped"):
            helped.gets_in(ticket)


def test_of_a_sign_in_and_the_finish_at_once_exactly_one_wins(
    database: Database, later: Later
) -> None:
    for _ in range(6):
        helped = owner_with_helpers(database, 1)
        ticket = helped.ticket()
        helped.helps(0, ticket.number)
        later(48)
        start, outcomes = Barrier(2), []

        def race(step, name: str) -> None:  # type: ignore[no-untyped-def]
            start.wait()  # noqa: B023
            with suppress(TicketOver, WrongNameOrPassphrase):
                step()
                outcomes.append(name)  # noqa: B023

        with ThreadPoolExecutor(2) as pool:
            list(
                pool.map(
                    race,
                    [lambda: helped.gets_in(ticket), lambda: _sign_in(helped)],  # noqa: B023
                    ["finish", "sign-in"],
                )
            )
        assert len(outcomes) == 1
        mine = PASSPHRASE if outcomes == ["sign-in"] else NEW_PASSPHRASE
        assert helped.reads_her_story(_sign_in(helped, mine))


def test_of_two_who_finish_at_once_only_one_sets_the_passphrase(
    database: Database, later: Later
) -> None:
    helped = owner_with_helpers(database, 1)
    ticket = helped.ticket()
    helped.helps(0, ticket.number)
    later(48)
    tries = [NEW_PASSPHRASE, "granite pillow comet yonder"]

    def finish(passphrase: str) -> str | None:
        with suppress(TicketOver):
            helped.gets_in(ticket, passphrase)
            return passphrase
        return None

    with ThreadPoolExecutor(2) as pool:
        won = [p for p in pool.map(finish, tries) if p]
    assert len(won) == 1
    assert helped.reads_her_story(_sign_in(helped, won[0]))


def test_two_who_help_each_other_press_at_once_and_neither_waits_for_ever(
    database: Database,
) -> None:
    rosa, sam = new_resident(database), new_resident(database)
    of_rosa, of_sam = name_helper(rosa, sam, "Sam"), name_helper(sam, rosa, "Rosa")
    for _ in range(5):
        numbers = [new_ticket(database, PEPPER).number for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            one = pool.submit(help_back_in, database, PEPPER, sam.passport, of_rosa, numbers[0])
            two = pool.submit(help_back_in, database, PEPPER, rosa.passport, of_sam, numbers[1])
            assert one.result()
            assert two.result()


# Numbers and tickets.


def test_wrong_expired_used_stopped_and_mistyped_numbers_are_all_told_the_same(
    two: Helped, later: Later
) -> None:
    good = two.ticket().number
    swapped = good[1] + good[0] + good[2:] if good[0] != good[1] else good[:-1]
    for wrong in ("", "12", "1234567890", "letters", swapped, new_ticket_nowhere().number):
        with pytest.raises(WrongHelpNumber):
            two.helps(0, wrong)
    old = two.ticket().number
    later(7 * 24)
    with pytest.raises(WrongHelpNumber):
        two.helps(0, old)
    assert recovery_news(two.database, two.owner.passport.passport_id) == []


def test_spaces_and_dashes_in_a_number_do_not_matter(two: Helped) -> None:
    number = two.ticket().number
    assert two.helps(0, f" {number[:3]} {number[3:6]}-{number[6:]} ")


def test_an_unknown_an_expired_a_used_and_a_stopped_ticket_each_say_so(
    two: Helped, later: Later
) -> None:
    with pytest.raises(TicketOver, match="do not know"):
        two.gets_in(new_ticket_nowhere())
    used = two.ticket()
    for helper in range(2):
        two.helps(helper, used.number)
    later(48)
    two.gets_in(used)
    with pytest.raises(TicketOver, match="used"):
        two.gets_in(used)
    old = two.ticket()
    later(7 * 24)
    with pytest.raises(TicketOver, match="too old"):
        two.gets_in(old)


def test_a_ticket_that_helpers_used_lives_a_week_longer_than_the_wait(
    two: Helped, later: Later
) -> None:
    ticket = two.ticket()
    later(6 * 24)
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(48 + 6 * 24)
    assert two.reads_her_story(two.gets_in(ticket))


def test_a_number_that_was_used_for_one_person_is_not_used_for_another(two: Helped) -> None:
    other = owner_with_helpers(two.database, 1)
    ticket = two.ticket()
    two.helps(0, ticket.number)
    with pytest.raises(WrongHelpNumber):
        other.helps(0, ticket.number)


def test_the_database_keeps_nothing_of_a_ticket_that_opens_or_names_it(two: Helped) -> None:
    ticket = two.ticket()
    (row,) = [
        r
        for r in columns_of(two.database, tables.recovery_tickets)
        if r.ticket_lookup == ticket.lookup
    ]
    kept = b"".join(v for v in row if isinstance(v, bytes))
    for secret in (ticket.secret, ticket.number.encode(), ticket.to_code().encode()):
        assert secret not in kept
    assert ticket.private_key not in kept


def new_ticket_nowhere() -> HelpTicket:
    """A ticket that this service never made."""
    return HelpTicket.generate()


# Naming helpers.


def test_a_helper_who_accepted_can_do_nothing_until_the_owner_confirms(
    database: Database,
) -> None:
    owner, sam = new_resident(database), new_resident(database)
    helper_id = name_helper(owner, sam, "Sam", confirmed=False)
    (found,) = list_helpers(database, owner.passport).helpers
    assert (found.name, found.state) == ("Sam", "accepted")
    with pytest.raises(NotFinishedYet):
        help_back_in(database, PEPPER, sam.passport, helper_id, new_ticket(database, PEPPER).number)


def test_owner_and_helper_see_the_same_check_number_and_a_stranger_another(
    database: Database,
) -> None:
    owner, sam = new_resident(database), new_resident(database)
    code = invite_helper(database, owner.passport, "Sam", "Rosa").code
    theirs = accept_helping(database, sam.passport, code)
    (found,) = list_helpers(database, owner.passport).helpers
    assert theirs == found.check_number == list_helped(database, sam.passport)[0].check_number
    mallory = new_resident(database)
    code = invite_helper(database, owner.passport, "Sam", "Rosa").code
    assert accept_helping(database, mallory.passport, code) != theirs


def test_another_accounts_key_put_in_the_helpers_place_gets_no_piece(database: Database) -> None:
    """Whoever writes to the database can't name a helper: the owner's own key says who it is."""
    helped = owner_with_helpers(database, 1)
    thief = new_resident(database)
    mine = tables.recovery_helpers.c.helper_id == helped.ids[0]
    with database.write() as connection:
        connection.execute(
            update(tables.recovery_helpers)
            .where(mine)
            .values(helper_passport_id=thief.passport.passport_id)
        )
    change_wait(database, helped.owner.passport, 24)
    (row,) = [
        r for r in columns_of(database, tables.recovery_helpers) if r.helper_id == helped.ids[0]
    ]
    assert row.boxed_piece is None
    assert list_helpers(database, helped.owner.passport).helpers[0].state == "accepted"


def test_confirming_another_number_than_the_one_she_saw_changes_nothing(
    database: Database,
) -> None:
    owner, sam = new_resident(database), new_resident(database)
    helper_id = name_helper(owner, sam, "Sam", confirmed=False)
    with pytest.raises(HelperIsGone):
        confirm_helper(database, owner.passport, helper_id, "")
    assert list_helpers(database, owner.passport).helpers[0].state == "accepted"


def test_an_invitation_works_once_and_not_for_the_owner(two: Helped, later: Later) -> None:
    code = invite_helper(two.database, two.owner.passport, "Jo", "Rosa").code
    jo = new_resident(two.database)
    with pytest.raises(OwnInvitation):
        look_at(two.database, two.owner.passport, code)
    with pytest.raises(AlreadyHelper):
        accept_helping(two.database, two.helpers[0].passport, code)
    asked = look_at(two.database, jo.passport, code.lower().replace("-", " "))
    assert (asked.owner, asked.you) == ("Rosa", "Jo")
    accept_helping(two.database, jo.passport, code)
    for again in (jo, new_resident(two.database)):
        with pytest.raises(UnknownInvitation):
            accept_helping(two.database, again.passport, code)


def test_wrong_expired_declined_and_cancelled_invitations_are_all_told_the_same(
    database: Database, later: Later
) -> None:
    owner, sam = new_resident(database), new_resident(database)
    with pytest.raises(MistypedCode):
        look_at(database, sam.passport, "ABCDE")
    with pytest.raises(UnknownInvitation):
        look_at(database, sam.passport, HelpTicket.generate().to_code())
    declined = invite_helper(database, owner.passport, "Sam", "Rosa").code
    decline_helping(database, sam.passport, declined)
    cancelled = invite_helper(database, owner.passport, "Sam", "Rosa")
    take_back(database, owner.passport, cancelled.invitation_id)
    expired = invite_helper(database, owner.passport, "Sam", "Rosa").code
    later(7 * 24)
    for code in (declined, cancelled.code, expired):
        with pytest.raises(UnknownInvitation):
            accept_helping(database, sam.passport, code)
    assert list_helpers(database, owner.passport).helpers == []


def test_three_is_the_most_counting_those_who_were_asked(two: Helped, later: Later) -> None:
    invite_helper(two.database, two.owner.passport, "Jo", "Rosa")
    with pytest.raises(TooManyHelpers):
        invite_helper(two.database, two.owner.passport, "Kim", "Rosa")
    later(7 * 24)
    assert invite_helper(two.database, two.owner.passport, "Kim", "Rosa")
    assert [i.is_over for i in list_invited(two.database, two.owner.passport)] == [True, False]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "\u202e\u200b"])
def test_a_helper_without_a_usable_name_is_refused(two: Helped, name: str) -> None:
    with pytest.raises(NameMissing):
        invite_helper(two.database, two.owner.passport, name, "Rosa")


def test_of_two_who_accept_at_once_one_becomes_the_helper(database: Database) -> None:
    owner = new_resident(database)
    code = invite_helper(database, owner.passport, "Sam", "Rosa").code
    people = [new_resident(database) for _ in range(2)]

    def accept(who) -> bool:  # type: ignore[no-untyped-def]
        with suppress(UnknownInvitation):
            return bool(accept_helping(database, who.passport, code))
        return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(accept, people)) == [False, True]
    assert len(list_helpers(database, owner.passport).helpers) == 1


def test_how_many_are_needed(database: Database) -> None:
    for count, needed in ((1, 1), (2, 2), (3, 2)):
        helped = owner_with_helpers(database, count)
        assert list_helpers(database, helped.owner.passport).needed == needed
        assert _slot(helped).parameters == {"needed": needed, "wait_hours": 48}


# Leaving.


def test_a_helper_who_steps_down_can_do_no_more_and_the_owner_sees_it(two: Helped) -> None:
    ticket = two.ticket()
    two.helps(0, ticket.number)
    step_down(two.database, two.helpers[0].passport, two.ids[0])
    assert list_helped(two.database, two.helpers[0].passport) == []
    with pytest.raises(UnknownOwner):
        two.helps(0, ticket.number)
    helpers = list_helpers(two.database, two.owner.passport)
    assert {h.name: h.state for h in helpers.helpers} == {"Sam": "gone", "Alex": "confirmed"}
    assert recovery_news(two.database, two.owner.passport.passport_id) == []


def test_a_helper_whose_account_is_erased_is_shown_as_gone(two: Helped, later: Later) -> None:
    erase_passport(two.database, two.helpers[0].passport)
    helpers = list_helpers(two.database, two.owner.passport)
    assert {h.name: h.state for h in helpers.helpers} == {"Sam": "gone", "Alex": "confirmed"}
    remove_helper(two.database, two.owner.passport, two.ids[0])
    ticket = two.ticket()
    two.helps(1, ticket.number)
    later(48)
    assert two.reads_her_story(two.gets_in(ticket))


def test_an_owner_who_is_erased_leaves_nothing_with_her_helpers(two: Helped) -> None:
    two.helps(0, two.ticket().number)
    erase_passport(two.database, two.owner.passport)
    assert list_helped(two.database, two.helpers[0].passport) == []
    with pytest.raises(UnknownOwner):
        two.helps(0, two.ticket().number)


def test_a_removed_helper_can_not_help_and_the_others_have_new_pieces(
    database: Database, later: Later
) -> None:
    helped = owner_with_helpers(database, 3)
    before = _slot(helped).slot_id
    remove_helper(database, helped.owner.passport, helped.ids[0])
    assert _slot(helped).slot_id != before
    ticket = helped.ticket()
    with pytest.raises(UnknownOwner):
        helped.helps(0, ticket.number)
    with pytest.raises(UnknownHelper):
        find_helper(database, helped.owner.passport, helped.ids[0])
    helped.helps(1, ticket.number)
    helped.helps(2, ticket.number)
    later(48)
    assert helped.reads_her_story(helped.gets_in(ticket))


def test_without_helpers_there_is_no_slot_for_them(database: Database) -> None:
    helped = owner_with_helpers(database, 1)
    remove_helper(database, helped.owner.passport, helped.ids[0])
    assert _slots(helped) == []


def test_a_helper_can_take_it_back(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    assert take_back_help(two.database, two.helpers[0].passport, two.ids[0])
    assert not take_back_help(two.database, two.helpers[0].passport, two.ids[0])
    later(48)
    assert _is_refused(two, ticket)


def test_nobody_uses_anothers_place_as_a_helper(two: Helped) -> None:
    stranger = new_resident(two.database)
    number = two.ticket().number
    for who, helper_id in ((stranger, two.ids[0]), (two.helpers[0], two.ids[1]), (stranger, "x")):
        with pytest.raises(UnknownOwner):
            help_back_in(two.database, PEPPER, who.passport, helper_id, number)
        with pytest.raises(UnknownOwner):
            step_down(two.database, who.passport, helper_id)
    with pytest.raises(UnknownHelper):
        remove_helper(two.database, stranger.passport, two.ids[0])


def _slots(helped: Helped):  # type: ignore[no-untyped-def]
    mine = helped.owner.passport.passport_id
    return [
        row
        for row in columns_of(helped.database, tables.key_slots)
        if row.passport_id == mine and row.kind == "recovery-helpers"
    ]


def _slot(helped: Helped):  # type: ignore[no-untyped-def]
    (row,) = _slots(helped)
    return row


def test_the_record_tells_all_of_it(two: Helped, later: Later) -> None:
    ticket = two.ticket()
    for helper in range(2):
        two.helps(helper, ticket.number)
    later(1)
    _sign_in(two)
    with two.database.read() as connection:
        lines = list(all_lines(connection, two.owner.passport))
    told = [(line.act, line.details.get("name")) for line in lines if isinstance(line, Line)]
    assert [line for line in reversed(told) if line[0].startswith("recovery-")] == [
        ("recovery-helper-invited", "Sam"),
        ("recovery-helper-accepted", "Sam"),
        ("recovery-helper-confirmed", "Sam"),
        ("recovery-helper-invited", "Alex"),
        ("recovery-helper-accepted", "Alex"),
        ("recovery-helper-confirmed", "Alex"),
        ("recovery-started", None),
        ("recovery-approved", "Sam"),
        ("recovery-approved", "Alex"),
        ("recovery-stopped-by-sign-in", None),
    ]
