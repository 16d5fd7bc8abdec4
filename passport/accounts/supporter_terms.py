"""What an owner lets a supporter do: sealed under the passport key, its version in its place."""

import json
from dataclasses import dataclass
from typing import Any

from passport import clock
from passport.access import Access, Permission
from passport.accounts.errors import TermsNotUsable
from passport.words_to_translate import N_

PERMISSIONS: tuple[Permission, ...] = ("read", "write", "share")
MOST_LETTERS = 60


@dataclass(frozen=True)
class SupporterTerms:
    """`name` is what the owner calls the supporter, `owner_name` what she is to be called there.

    `sections` are section keys; None means all, new ones too. `until` is in epoch seconds; None
    means until the owner ends it.
    """

    name: str
    owner_name: str
    permissions: frozenset[Permission]
    sections: frozenset[str] | None
    until: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether its time has passed."""
        return self.until is not None and self.until <= clock.epoch()

    def checked(self) -> "SupporterTerms":
        """These terms, if they let somebody do something. Raises TermsNotUsable."""
        for name in (self.name, self.owner_name):
            if not name.strip():
                raise TermsNotUsable(N_("Write a name."))
            if name.strip().casefold() == "self":
                # Sections say by this word that their owner wrote them.
                raise TermsNotUsable(N_("That is no name. Write another."))
            if len(name) > MOST_LETTERS:
                raise TermsNotUsable(
                    N_("Use no more than %(number)s letters for a name."), number=MOST_LETTERS
                )
        if not self.permissions or not self.permissions <= set(PERMISSIONS):
            raise TermsNotUsable(N_("Tick at least one thing that they may do."))
        if self.sections is not None and not self.sections:
            raise TermsNotUsable(N_("Tick at least one part of your story."))
        if self.is_over:
            raise TermsNotUsable(N_("That day is past. Choose a day to come."))
        return self

    def access(self, supporter_id: str) -> Access:
        """What services ask while this supporter acts."""
        return Access(
            supporter_id, self.name, self.permissions, self.sections, owner_name=self.owner_name
        )

    def to_dict(self) -> dict[str, Any]:
        """The values that are sealed as JSON."""
        return {
            "name": self.name,
            "owner_name": self.owner_name,
            "permissions": sorted(self.permissions),
            "sections": None if self.sections is None else sorted(self.sections),
            "until": self.until,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "SupporterTerms":
        """The terms that `to_dict` wrote."""
        sections = values["sections"]
        return cls(
            values["name"],
            values["owner_name"],
            frozenset(values["permissions"]),
            None if sections is None else frozenset(sections),
            values["until"],
        )


def to_json(values: dict[str, Any]) -> bytes:
    """The bytes that are sealed."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
