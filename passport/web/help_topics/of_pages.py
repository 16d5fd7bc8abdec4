"""Which help belongs to a page: by its group, or where a group has several, by the page itself."""

from flask import Flask, request

_OF_PAGES = {
    "a_little_today.how": "low-days",
    "passkeys.sign_in": "signing-in",
    "share_changes.new_passcode": "passcode",
    "shares.all_shares": "sharing",
}
# None: the list of all help.
_OF_GROUPS: dict[str, str | None] = {
    "a_little_today": "a-little-today",
    "account": "signing-in",
    "activity": "what-was-done",
    "attachments": "photos-and-voice",
    "card": "signing-in",
    "change_passphrase": "ways-in",
    "devices": "signing-in",
    "easy_read": "easy-read",
    "emergency": "emergency-card",
    "erasing": "saving-and-erasing",
    "example": None,
    "help": None,
    "help_tickets": "locked-out",
    "helping_back_in": "recovery-helpers",
    "home": None,
    "inbox": "inbox",
    "joining": "supporters",
    "language": "easy-read",
    "leaving": "saving-and-erasing",
    "leaving_quickly": "being-watched",
    "looks": "how-pages-look",
    "other_language": "easy-read",
    "own_section": "telling",
    "owner_cards": "ways-in",
    "paper": "printing",
    "passkeys": "ways-in",
    "prompts": "a-little-today",
    "prove": "signing-in",
    "recover": "locked-out",
    "recovery_helpers": "recovery-helpers",
    "section_drafts": "telling",
    "section_editing": "telling",
    "section_versions": "what-it-said-before",
    "settings": "being-watched",
    "share_changes": "stopping",
    "share_check": "sharing",
    "shares": "qr-code",
    "sharing_anew": "sharing",
    "sign_in": "signing-in",
    "sign_up": "making-a-passport",
    "still_true": "what-it-said-before",
    "story": "telling",
    "supporters": "supporters",
    "supporting": "supporters",
    "todays_low_day": "low-days",
    "told_again": "inbox",
    "uploads": "photos-and-voice",
    "ways_in": "ways-in",
}


def init_app(app: Flask) -> None:
    """Give templates `help_address()`."""
    app.add_template_global(help_address)


def help_address() -> str:
    """Where the help for this page is; empty on pages that are help, or that are not ours."""
    if request.blueprint in ("help", "viewer"):
        return ""
    topic = topic_of(request.blueprint or "", request.endpoint or "")
    return f"/help/{topic}" if topic else "/help"


def topic_of(group: str, endpoint: str) -> str | None:
    """The key of the topic for a page; None for the list of all."""
    return _OF_PAGES.get(endpoint) or _OF_GROUPS.get(group)


def is_known(group: str) -> bool:
    """Whether somebody thought about what helps on this group's pages."""
    return group in _OF_GROUPS
