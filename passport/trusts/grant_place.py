"""Where a grant's sealed link belongs. Both sides need it: who seals and who opens."""

from passport.crypto import labels
from passport.crypto.place import Place


def grant_place(organisation_id: str, number: int) -> Place:
    """The place of one grant: `number` counts an organisation's grants from 1."""
    return Place(labels.GRANT, organisation_id, str(number))
