"""The owner's side of recovery helpers: who they are, how many are needed, how long they wait."""

from dataclasses import dataclass

from sqlalchemy import delete

from passport.accounts.recovery_errors import HelperIsGone, TooManyHelpers
from passport.accounts.recovery_helper_rows import (
    DEFAULT_WAIT_HOURS,
    WAIT_HOURS,
    Helper,
    helper_of,
    helpers_of,
    is_row,
    keep_record,
)
from passport.accounts.recovery_pieces import make_pieces
from passport.activity.record import record
from passport.crypto.helpers_slot import MOST_HELPERS, needed_of
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport

_helpers = tables.recovery_helpers


@dataclass(frozen=True)
class RecoveryHelpers:
    """All helpers of an owner. `needed` is 0 while none is confirmed."""

    helpers: list[Helper]
    needed: int
    wait_hours: int

    @property
    def confirmed(self) -> list[Helper]:
        """Those who can help."""
        return [helper for helper in self.helpers if helper.state == "confirmed"]


def list_helpers(database: Database, passport: UnlockedPassport) -> RecoveryHelpers:
    """Who is named, in the order in which they accepted. Raises NotPermitted."""
    passport.access.require_owner()
    with database.read() as connection:
        helpers = helpers_of(connection, passport)
    waits = [h.record.wait_hours for h in helpers if h.state == "confirmed"]
    needed = needed_of(len(waits)) if waits else 0
    return RecoveryHelpers(helpers, needed, max(waits, default=DEFAULT_WAIT_HOURS))


def find_helper(database: Database, passport: UnlockedPassport, helper_id: str) -> Helper:
    """One of them. Raises UnknownHelper or NotPermitted."""
    passport.access.require_owner()
    with database.read() as connection:
        return helper_of(connection, passport, helper_id)


def confirm_helper(
    database: Database, passport: UnlockedPassport, helper_id: str, check_number: str
) -> None:
    """It is the right person who accepted: from now on they can help.

    `check_number` is the one that the owner compared; if the account is another by now, nothing
    happens. Raises UnknownHelper, HelperIsGone, TooManyHelpers or NotPermitted.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        helper = helper_of(connection, passport, helper_id)
        if helper.state == "gone" or helper.check_number != check_number:
            raise HelperIsGone
        if helper.state == "confirmed":
            return
        others = [h for h in helpers_of(connection, passport) if h.state == "confirmed"]
        if len(others) >= MOST_HELPERS:
            raise TooManyHelpers
        wait = max((h.record.wait_hours for h in others), default=DEFAULT_WAIT_HOURS)
        account = helper.account
        keep_record(connection, passport, helper, confirmed=account, wait_hours=wait, code="")
        make_pieces(connection, passport)
        record(connection, passport, "recovery-helper-confirmed", name=helper.name)


def remove_helper(database: Database, passport: UnlockedPassport, helper_id: str) -> None:
    """This person can help no more, with whatever piece they have. The others get new pieces.

    Raises UnknownHelper or NotPermitted.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        helper = helper_of(connection, passport, helper_id)
        connection.execute(delete(_helpers).where(*is_row(passport.passport_id, helper_id)))
        make_pieces(connection, passport)
        record(connection, passport, "recovery-helper-removed", name=helper.name)


def change_wait(database: Database, passport: UnlockedPassport, wait_hours: int) -> None:
    """How long the owner has to stop her helpers, from now on. One of WAIT_HOURS.

    Raises ValueError or NotPermitted.
    """
    passport.access.require_owner()
    if wait_hours not in WAIT_HOURS:
        raise ValueError("no such waiting time")
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        for helper in helpers_of(connection, passport):
            keep_record(connection, passport, helper, wait_hours=wait_hours)
        make_pieces(connection, passport)
        record(connection, passport, "recovery-wait-changed", hours=str(wait_hours))
