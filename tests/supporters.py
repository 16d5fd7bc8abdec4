"""Invented supporters, invited and accepted through the services as the pages do it."""

from dataclasses import dataclass

from passport.accounts import helping
from passport.accounts.invitations import accept_invitation, invite
from passport.accounts.sessions import open_session
from passport.accounts.supporter_terms import PERMISSIONS, SupporterTerms
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from tests.residents import Resident, new_resident


@dataclass(frozen=True)
class Sam:
    """A supporter with a passport of their own, invited by an owner."""

    own: Resident
    supporter_id: str

    @property
    def acting(self) -> UnlockedPassport:
        """The passport that Sam's next request works with."""
        found = open_session(self.own.database, self.own.cookie)
        assert found is not None
        return found

    def begins(self) -> UnlockedPassport:
        """Press "Help"."""
        helping.begin(self.own.database, self.own.passport, self.own.cookie, self.supporter_id)
        return self.acting


def some_terms(*permissions: str, **more: object) -> SupporterTerms:
    """Terms for Sam: everything, unless something else is said."""
    values: dict[str, object] = {"sections": None, "until": None}
    chosen = frozenset(permissions or PERMISSIONS)
    return SupporterTerms("Sam", "Rosa", chosen, **(values | more))  # type: ignore[arg-type]


def supporter_of(owner: Resident, terms: SupporterTerms | None = None) -> Sam:
    """Somebody who has accepted these terms; not helping yet."""
    own = new_resident(owner.database)
    code = invite(owner.database, owner.passport, terms or some_terms()).code
    added = accept_invitation(owner.database, own.passport, code, own.name)
    return Sam(own, added.supporter_id)


def helper_of(
    owner: Resident, *permissions: str, sections: tuple[str, ...] | None = None
) -> UnlockedPassport:
    """The owner's passport as somebody helping her has it in hand."""
    keys = None if sections is None else frozenset(sections)
    return supporter_of(owner, some_terms(*permissions, sections=keys)).begins()


def rosa_in(database: Database) -> Resident:
    """An owner with a few words in her story."""
    rosa = new_resident(database)
    rosa.write("please-do", ["Warm your hands first"])
    rosa.write("most-important", "My knees hurt.")
    rosa.write("crisis", {"helps": ["Quiet, please"]}, sensitive=True)
    rosa.write("identity", {"called": "Rosa", "birth-date": "1941-03-27"})
    return rosa
