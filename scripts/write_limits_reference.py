"""Write docs/reference/limits.md from the numbers that the code goes by.

.venv/bin/python -m scripts.write_limits_reference
"""

from pathlib import Path

from config.settings import Settings
from passport import limits
from passport.accounts import (
    help_tickets,
    helper_invitations,
    invitations,
    owner_cards,
    passkey_challenges,
    recovery_helper_rows,
    rules,
    sessions,
    ways_in,
)
from passport.api import trusts
from passport.leaving import read_export
from passport.sharing import create_share, read_share, share, share_attachments
from passport.story import attachment, drafts, sections, text_rules
from passport.trusts import tokens

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "limits.md"
_BEGINNING = """# Limits

How often, how long and how much. This page is made from the code by
`scripts/write_limits_reference.py`. Why tries under a name are counted apart:
[decision 34](../decisions/0034-names-are-not-unique.md); why limits slide:
[decision 20](../decisions/0020-read-limit-and-sliding-windows.md).

A limit by address counts everybody behind one IPv4 address, or one IPv6 network of 64 bits,
together. It is counted in Redis when `REDIS_URL` is set, else in each process. Where a limit says
"until it locks", it holds for good, and is counted exactly, however many try at once.
"""
Rows = list[tuple[str, str, str]]
_OFTEN: Rows = [
    (
        "signing in with a passphrase or a card, and proving by either who one is",
        limits.SIGN_IN,
        "an address, all together",
    ),
    ("trying passphrases, or making a passport", limits.SIGN_IN_NAME, "a sign-in name"),
    (
        "proving by a passphrase who is signed in",
        limits.SIGN_IN_NAME,
        "a passport, from all addresses",
    ),
    ("a recovery code; an invitation; a help ticket's code", limits.SIGN_IN, "an address and page"),
    ("making a passport", limits.SIGN_UP, "an address"),
    ("a passkey", limits.PASSKEY, "an address"),
    ("a new help number", limits.HELP_TICKET, "an address"),
    ("typing somebody's help number", limits.HELP_NUMBER, "a helper's passport"),
    ("reading a share", Settings.read_limit, "an address and share; a setting"),
    ("an organisation's access token", limits.TOKEN, "an address"),
    ("an organisation's grants", trusts.LIMIT, "an address"),
    ("wrong PINs of a card", f"{owner_cards.ATTEMPTS} until it locks", "a card"),
    ("wrong passcodes of a share", f"{share.PASSCODE_ATTEMPTS} until it locks", "a share"),
]
_MINUTE, _HOUR, _DAY = 60, 60 * 60, 24 * 60 * 60
_LONG: Rows = [
    ("a session without use", f"{sessions.IDLE_SECONDS // _MINUTE} minutes", ""),
    ("a session in all", f"{sessions.LONGEST_SECONDS // _HOUR} hours", ""),
    ("a proof of who one is", f"{sessions.PROOF_SECONDS // _MINUTE} minutes", ""),
    ("a passkey's challenge", f"{passkey_challenges.VALID_SECONDS // _MINUTE} minutes", "once"),
    ("an invitation of a supporter", f"{invitations.VALID_SECONDS // _DAY} days", "once"),
    (
        "an invitation of a recovery helper",
        f"{helper_invitations.VALID_SECONDS // _DAY} days",
        "once",
    ),
    ("a help number that nobody has typed", f"{help_tickets.VALID_SECONDS // _DAY} days", ""),
    (
        "the waiting time of recovery helpers",
        f"{recovery_helper_rows.DEFAULT_WAIT_HOURS} hours",
        f"or {', '.join(map(str, recovery_helper_rows.WAIT_HOURS))}, as the owner chooses",
    ),
    ("a draft that was not saved", f"{drafts.KEPT_SECONDS // _DAY} days", ""),
    ("an organisation's access token", f"{tokens.LIFETIME_SECONDS // _MINUTE} minutes", ""),
    ("the address of a share's file", f"{read_share.LOCATION_SECONDS // _MINUTE} minutes", "once"),
]
_MUCH: Rows = [
    ("a passphrase", f"{rules.SHORTEST_PASSPHRASE} letters or more", "and hard to guess"),
    (
        "a PIN",
        f"{owner_cards.SHORTEST_PIN} to {owner_cards.LONGEST_PIN} digits",
        "none that is tried first",
    ),
    ("ways in of one kind", f"{ways_in.MOST_OF_A_KIND}", "a passport"),
    ("parts of a story", f"{sections.MOST_SECTIONS}", "a passport; supporters make half of them"),
    ("letters in a part", f"{text_rules.LONGEST_SECTION:,}", ""),
    ("shares that are not stopped", f"{create_share.MOST_SHARES}", "a passport"),
    ("a draft", f"{drafts.MOST_BYTES:,} bytes", "an open form"),
    ("drafts", str(drafts.MOST_FORMS), "a part and writer"),
    ("attachments", f"{attachment.MOST_ATTACHMENTS}", "a passport"),
    ("an attachment", f"{attachment.MOST_BYTES:,} bytes", ""),
    (
        "copies of attachments in shares",
        f"{share_attachments.MOST_BYTES_SHARED:,} bytes",
        "a passport's shares together",
    ),
    ("attachments together", f"{attachment.MOST_BYTES_TOGETHER:,} bytes", "a passport"),
    ("a file to bring in", f"{read_export.LARGEST_FILE:,} bytes", ""),
]


def page() -> str:
    """The page's text."""
    return (
        _BEGINNING
        + _table("How often", ("what", "how often", "counted for"), _OFTEN)
        + _table("How long", ("what", "how long", ""), _LONG)
        + _table("How much", ("what", "how much", "of"), _MUCH)
    )


def _table(title: str, heads: tuple[str, str, str], rows: Rows) -> str:
    lines = "".join(f"| {' | '.join(row)} |\n".replace("|  |", "| |") for row in (heads, *rows))
    head, _, body = lines.partition("\n")
    return f"\n## {title}\n\n{head}\n|---|---|---|\n{body}"


if __name__ == "__main__":
    PAGE.write_text(page())
