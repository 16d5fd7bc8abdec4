"""Every act that the record of a passport knows, in plain words for its owner.

Whoever calls `record` with a new act adds its line here; a test fails until it is there. What
stands in braces are details that the call must give.
"""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

Group = Literal["story", "sharing", "ways-in", "supporters", "recovery", "account", "service"]

GROUPS: dict[Group, str] = {
    "story": "Your story",
    "sharing": "Sharing",
    "ways-in": "Ways in",
    "supporters": "Supporters",
    "recovery": "Help to get back in",
    "account": "Signing in and settings",
    "service": "What the service did",
}


@dataclass(frozen=True)
class Act:
    """One kind of act: its group, and its sentence by who did it.

    `service` is for what somebody did who has no key to the passport.
    """

    group: Group
    owner: str
    supporter: str
    service: str

    @property
    def details(self) -> set[str]:
        """The names of the details that the sentences need."""
        texts = (self.owner, self.supporter, self.service)
        fields = {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}
        return fields - {"by"}


def _did(group: Group, what: str) -> Act:
    return Act(group, f"You {what}.", f"{{by}} {what}.", f"Someone {what}.")


def _happened(group: Group, sentence: str) -> Act:
    return Act(group, sentence, sentence, sentence)


ACTS: dict[str, Act] = {
    "section-saved": _did("story", "changed “{title}”"),
    "section-restored": _did("story", "put back older words of “{title}”"),
    "section-checked": _did("story", "checked that “{title}” is still true"),
    "attachment-added": _did("story", "added the file “{name}”"),
    "attachment-described": _did("story", "changed the words about the file “{name}”"),
    "attachment-removed": _did("story", "removed the file “{name}”"),
    "share-made": _did("sharing", "shared the story with {recipient}"),
    "review-months-changed": _did(
        "story", "changed how often we ask whether your story is still true"
    ),
    "share-paused": _did("sharing", "paused the share with {recipient}"),
    "share-resumed": _did("sharing", "started the share with {recipient} again"),
    "share-extended": _did("sharing", "changed how long {recipient} can read"),
    "share-contents-changed": _did("sharing", "changed what {recipient} can read"),
    "share-low-day": _did("sharing", "marked a low day on the share with {recipient}"),
    "share-low-day-ended": _did("sharing", "took the low day off the share with {recipient}"),
    "share-passcode-renewed": _did("sharing", "made a new passcode for {recipient}"),
    "share-revoked": _did("sharing", "stopped the share with {recipient} for good"),
    "share-shown": _did("sharing", "looked at the QR code and passcode for {recipient}"),
    "suggestion-accepted": _did("sharing", "added what {who} suggested to “{title}”"),
    "suggestion-declined": _did("sharing", "did not take what {who} suggested"),
    "reader-thanked": _did("sharing", "sent a thank-you to {who}"),
    "told-again-answered": _did("sharing", "said whether you had to tell your story again"),
    "paper-made": _did("sharing", "made a sheet to print: {parts} parts of the story"),
    "paper-made-with-code": _did(
        "sharing", "made a sheet to print, with the QR code for {recipient}"
    ),
    "passkey-added": _did("ways-in", "added the passkey “{name}”"),
    "passkey-renamed": _did("ways-in", "gave the passkey “{old}” the new name “{name}”"),
    "passkey-removed": _did("ways-in", "removed the passkey “{name}”"),
    "card-added": _did("ways-in", "made the card “{name}”"),
    "card-renamed": _did("ways-in", "gave the card “{old}” the new name “{name}”"),
    "card-cancelled": _did("ways-in", "cancelled the card “{name}”"),
    "card-wrong-pin": _happened("ways-in", "Someone typed a wrong PIN for one of your cards."),
    "card-locked": _happened(
        "ways-in", "One of your cards no longer works: too many wrong PINs were typed."
    ),
    "way-in-renamed": _did("ways-in", "gave “{old}” the new name “{name}”"),
    "way-in-removed": _did("ways-in", "removed the way in “{name}”"),
    "passphrase-added": _did("ways-in", "added a passphrase"),
    "passphrase-changed": _did("ways-in", "changed your passphrase"),
    "passphrase-strengthened": _happened(
        "service", "The service now guards your passphrase better. It is still the same."
    ),
    "recovery-code-made": _did("ways-in", "made a new recovery code"),
    "recovery-code-confirmed": _did("ways-in", "said that you keep your recovery code"),
    "recovery-code-used": _did("ways-in", "got back in with the recovery code"),
    "supporter-invited": _did("supporters", "invited {name} to be your supporter"),
    "supporter-invitation-cancelled": _did("supporters", "took back the invitation to {name}"),
    "supporter-accepted": _happened("supporters", "{name} is now your supporter."),
    "supporter-declined": _happened("supporters", "{name} said no to being your supporter."),
    "supporter-began": _happened("supporters", "{name} opened your passport to help you."),
    "supporter-changed": _did("supporters", "changed what {name} may do"),
    "supporter-ended": _did("supporters", "ended the help of {name}"),
    "supporter-left": _happened("supporters", "{name} is no longer your supporter. They ended it."),
    "supporter-erased": _happened(
        "supporters", "Someone who helped you erased their own passport. They can't help you now."
    ),
    "recovery-helper-invited": _did("recovery", "asked {name} to help you back in"),
    "recovery-helper-invitation-cancelled": _did(
        "recovery", "took back the question to {name} about helping you back in"
    ),
    "recovery-helper-accepted": _happened("recovery", "{name} agreed to be your recovery helper."),
    "recovery-helper-declined": _happened("recovery", "{name} said no to helping you back in."),
    "recovery-helper-confirmed": _did("recovery", "confirmed {name} as your recovery helper"),
    "recovery-helper-removed": _did("recovery", "removed {name} as a helper to get back in"),
    "recovery-helper-left": _happened("recovery", "{name} stopped being your recovery helper."),
    "recovery-wait-changed": _did(
        "recovery", "changed the waiting time for helping you back in to {hours} hours"
    ),
    "recovery-started": _happened("recovery", "Someone asked to be let back in to your passport."),
    "recovery-approved": _happened("recovery", "{name} agreed to let you back in."),
    "recovery-taken-back": _happened("recovery", "{name} no longer agrees to let you back in."),
    "recovery-stopped": _did("recovery", "stopped the request to be let back in"),
    "recovery-stopped-by-sign-in": _happened(
        "recovery", "The request to be let back in was stopped, because you signed in."
    ),
    "recovery-finished": _happened("recovery", "Your helpers let you back in."),
    "recovery-helping-began": _did("recovery", "became a recovery helper for {name}"),
    "recovery-helping-ended": _did("recovery", "stopped being a recovery helper for {name}"),
    "recovery-helped": _did("recovery", "agreed to let {name} back in"),
    "passport-made": _did("account", "made this passport"),
    "signed-in": _did("account", "signed in by {way} with {device}"),
    "signed-out": _did("account", "signed out"),
    "device-signed-out": _did("account", "signed out {device}"),
    "all-devices-signed-out": _did("account", "signed out on every other device"),
    "settings-changed": _did("account", "changed the settings"),
    "export-made": _did("account", "made a file with all of your passport"),
    "story-imported": _did("account", "brought in a story from a file"),
    "import-made": _did("account", "brought in a story from a file"),
}


def act_of(key: str) -> Act:
    """What to say about an act; one that this version doesn't know is named by its key."""
    found = ACTS.get(key)
    if found is not None:
        return found
    name = "".join(letter for letter in key if letter.isalnum() or letter in "- ")
    return _happened("service", f"Something was done that this page has no words for: {name}.")
