"""Who is acting in a passport, and what they may do: the owner everything, a supporter what she
allowed. Services ask here before they act."""

from dataclasses import dataclass
from typing import Literal

from passport.errors import PassportError
from passport.words_to_translate import N_

Permission = Literal["read", "write", "share"]


class NotPermitted(PassportError):
    """Whoever is acting was not given leave for this. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(N_("You can't do this. Only the owner of the passport can."))


@dataclass(frozen=True)
class Access:
    """What one person may do. `sections` are the section keys it is for; None means all of them.

    `name` is what the owner calls a supporter, `owner_name` what the supporter calls the owner.
    """

    supporter_id: str | None = None
    name: str = ""
    permissions: frozenset[Permission] = frozenset()
    sections: frozenset[str] | None = frozenset()
    owner_name: str = ""

    @property
    def is_owner(self) -> bool:
        """Whether it is the passport's owner who acts."""
        return self.supporter_id is None

    def allows(self, permission: Permission, section_key: str) -> bool:
        """Whether this person may do that with that section."""
        if self.is_owner:
            return True
        within = self.sections is None or section_key in self.sections
        return permission in self.permissions and within

    def may(self, permission: Permission) -> bool:
        """Whether this person may do that with any section at all."""
        return self.is_owner or permission in self.permissions

    def require(self, permission: Permission, *section_keys: str) -> None:
        """Raises NotPermitted unless all these sections may be treated so."""
        if not self.may(permission) or not all(
            self.allows(permission, key) for key in section_keys
        ):
            raise NotPermitted

    def require_owner(self) -> None:
        """Raises NotPermitted unless it is the owner who acts."""
        if not self.is_owner:
            raise NotPermitted


OWNER = Access()
