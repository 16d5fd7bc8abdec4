"""The receipt of an erasure in words, for its owner to keep."""

from passport.leaving.erase import ErasureReceipt
from passport.leaving.readers_language import ENGLISH, ReadersLanguage
from passport.words_to_translate import N_

_NAMES = (
    ("sections", N_("Parts of your story")),
    ("versions", N_("Versions of them")),
    ("attachments", N_("Files")),
    ("shares", N_("Shares")),
    ("receipts", N_("Records of who read them")),
    ("ways_in", N_("Ways in")),
    ("supporters", N_("Supporters and recovery helpers")),
    ("acts", N_("Records of what was done")),
)
_DEAD = N_(
    "Old backups can't be opened. The key they need is destroyed. No passphrase, code, card, "
    "passkey or link opens them."
)
_ALIVE = N_(
    "This passport is from before backups had a key of their own. Until old backups are deleted, "
    "your passphrase or recovery code could open them. Ask whoever runs the service when they are "
    "deleted."
)
_KEPT = N_(
    "The service keeps no record of you and no copy of this receipt. It keeps one number, picked "
    "by chance, so that your passport is emptied again if an old backup is ever put back."
)


def counted(receipt: ErasureReceipt) -> list[tuple[str, int]]:
    """What was erased: (name, how many)."""
    return [(name, getattr(receipt.counts, field)) for field, name in _NAMES]


def promises(receipt: ErasureReceipt) -> list[str]:
    """What holds from now on, in plain sentences."""
    return [_DEAD if receipt.backups_are_dead else _ALIVE, _KEPT]


def receipt_text(receipt: ErasureReceipt, service: str, language: ReadersLanguage = ENGLISH) -> str:
    """The receipt as plain text, to save or print."""
    say, at = language.gettext, language.moment(receipt.erased_at)
    lines = [
        say(N_("Your passport is erased")),
        "",
        say(N_("Receipt number: %(number)s")) % {"number": receipt.number},
        say(N_("Date: %(date)s")) % {"date": at},
        say(N_("Service: %(address)s")) % {"address": service},
        "",
        say(N_("What was erased:")),
        *(f"- {say(name)}: {count}" for name, count in counted(receipt)),
        "",
        *(say(promise) for promise in promises(receipt)),
        "",
    ]
    return "\n".join(lines)
