"""Every act that the record of a passport knows, in plain words for its owner.

Whoever calls `record` with a new act adds its line here; a test fails until it is there. What
stands in braces are details that the call must give.
"""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

from passport.words_to_translate import N_

Group = Literal["story", "sharing", "ways-in", "supporters", "recovery", "account", "service"]

GROUPS: dict[Group, str] = {
    "story": N_("Your story"),
    "sharing": N_("Sharing"),
    "ways-in": N_("Ways in"),
    "supporters": N_("Supporters"),
    "recovery": N_("Help to get back in"),
    "account": N_("Signing in and settings"),
    "service": N_("What the service did"),
}

# Said before the owner's own sentence, where nobody but the owner can have done it.
IN_YOUR_PLACE = N_("{by} did this in your place.")
BY_SOMEONE = N_("Someone did this in your place.")
# `{act}` is the key that this version doesn't know.
NO_WORDS = N_("Something was done that this page has no words for: {act}.")


@dataclass(frozen=True)
class Act:
    """One kind of act: its group, and its sentence by who did it.

    `service` is for what somebody did who has no key to the passport. Each sentence stands whole:
    other languages say "you changed" and "they changed" in other ways than English does.
    """

    group: Group
    owner: str
    supporter: str = IN_YOUR_PLACE
    service: str = BY_SOMEONE

    @property
    def details(self) -> set[str]:
        """The names of the details that the sentences need."""
        texts = (self.owner, self.supporter, self.service)
        fields = {field for text in texts for _, field, _, _ in Formatter().parse(text) if field}
        return fields - {"act", "by"}


def _happened(group: Group, sentence: str) -> Act:
    return Act(group, sentence, sentence, sentence)


ACTS: dict[str, Act] = {
    "section-saved": Act(
        "story",
        N_("You changed “{title}”."),
        N_("{by} changed “{title}”."),
    ),
    "section-restored": Act(
        "story",
        N_("You put back older words of “{title}”."),
        N_("{by} put back older words of “{title}”."),
    ),
    "section-checked": Act(
        "story",
        N_("You checked that “{title}” is still true."),
        N_("{by} checked that “{title}” is still true."),
    ),
    "attachment-added": Act(
        "story",
        N_("You added the file “{name}”."),
        N_("{by} added the file “{name}”."),
    ),
    "attachment-described": Act(
        "story",
        N_("You changed the words about the file “{name}”."),
        N_("{by} changed the words about the file “{name}”."),
    ),
    "attachment-removed": Act(
        "story",
        N_("You removed the file “{name}”."),
        N_("{by} removed the file “{name}”."),
    ),
    "share-made": Act(
        "sharing",
        N_("You shared the story with {recipient}."),
        N_("{by} shared the story with {recipient}."),
    ),
    "review-months-changed": Act(
        "story",
        N_("You changed how often we ask whether your story is still true."),
        N_("{by} changed how often we ask whether your story is still true."),
    ),
    "share-paused": Act(
        "sharing",
        N_("You paused the share with {recipient}."),
        N_("{by} paused the share with {recipient}."),
    ),
    "share-resumed": Act(
        "sharing",
        N_("You started the share with {recipient} again."),
        N_("{by} started the share with {recipient} again."),
    ),
    "share-extended": Act(
        "sharing",
        N_("You changed how long {recipient} can read."),
        N_("{by} changed how long {recipient} can read."),
    ),
    "share-contents-changed": Act(
        "sharing",
        N_("You changed what {recipient} can read."),
        N_("{by} changed what {recipient} can read."),
    ),
    "share-low-day": Act(
        "sharing",
        N_("You marked a low day on the share with {recipient}."),
        N_("{by} marked a low day on the share with {recipient}."),
    ),
    "share-low-day-ended": Act(
        "sharing",
        N_("You took the low day off the share with {recipient}."),
        N_("{by} took the low day off the share with {recipient}."),
    ),
    "share-passcode-renewed": Act(
        "sharing",
        N_("You made a new passcode for {recipient}."),
        N_("{by} made a new passcode for {recipient}."),
    ),
    "share-revoked": Act(
        "sharing",
        N_("You stopped the share with {recipient} for good."),
        N_("{by} stopped the share with {recipient} for good."),
    ),
    "share-shown": Act(
        "sharing",
        N_("You looked at the QR code and passcode for {recipient}."),
        N_("{by} looked at the QR code and passcode for {recipient}."),
    ),
    "suggestion-accepted": Act(
        "sharing",
        N_("You added what {who} suggested to “{title}”."),
        N_("{by} added what {who} suggested to “{title}”."),
    ),
    "suggestion-declined": Act(
        "sharing",
        N_("You did not take what {who} suggested."),
        N_("{by} did not take what {who} suggested."),
    ),
    "reader-thanked": Act(
        "sharing",
        N_("You sent a thank-you to {who}."),
        N_("{by} sent a thank-you to {who}."),
    ),
    "told-again-answered": Act(
        "sharing",
        N_("You said whether you had to tell your story again."),
        N_("{by} said whether you had to tell your story again."),
    ),
    "paper-made": Act(
        "sharing",
        N_("You made a sheet to print: {parts} parts of the story."),
        N_("{by} made a sheet to print: {parts} parts of the story."),
    ),
    "paper-made-with-code": Act(
        "sharing",
        N_("You made a sheet to print, with the QR code for {recipient}."),
        N_("{by} made a sheet to print, with the QR code for {recipient}."),
    ),
    "passkey-added": Act("ways-in", N_("You added the passkey “{name}”.")),
    "passkey-renamed": Act("ways-in", N_("You gave the passkey “{old}” the new name “{name}”.")),
    "passkey-removed": Act("ways-in", N_("You removed the passkey “{name}”.")),
    "card-added": Act("ways-in", N_("You made the card “{name}”.")),
    "card-renamed": Act("ways-in", N_("You gave the card “{old}” the new name “{name}”.")),
    "card-cancelled": Act("ways-in", N_("You cancelled the card “{name}”.")),
    "card-wrong-pin": _happened("ways-in", N_("Someone typed a wrong PIN for one of your cards.")),
    "card-locked": _happened(
        "ways-in", N_("One of your cards no longer works: too many wrong PINs were typed.")
    ),
    "way-in-renamed": Act("ways-in", N_("You gave “{old}” the new name “{name}”.")),
    "way-in-removed": Act("ways-in", N_("You removed the way in “{name}”.")),
    "passphrase-added": Act("ways-in", N_("You added a passphrase.")),
    "passphrase-changed": Act("ways-in", N_("You changed your passphrase.")),
    "passphrase-strengthened": _happened(
        "service", N_("The service now guards your passphrase better. It is still the same.")
    ),
    "recovery-code-made": Act("ways-in", N_("You made a new recovery code.")),
    "recovery-code-confirmed": Act("ways-in", N_("You said that you keep your recovery code.")),
    "recovery-code-used": Act("ways-in", N_("You got back in with the recovery code.")),
    "supporter-invited": Act("supporters", N_("You invited {name} to be your supporter.")),
    "supporter-invitation-cancelled": Act(
        "supporters", N_("You took back the invitation to {name}.")
    ),
    "supporter-accepted": _happened("supporters", N_("{name} is now your supporter.")),
    "supporter-declined": _happened("supporters", N_("{name} said no to being your supporter.")),
    "supporter-began": _happened("supporters", N_("{name} opened your passport to help you.")),
    "supporter-changed": Act("supporters", N_("You changed what {name} may do.")),
    "supporter-ended": Act("supporters", N_("You ended the help of {name}.")),
    "supporter-left": _happened(
        "supporters", N_("{name} is no longer your supporter. They ended it.")
    ),
    "supporter-erased": _happened(
        "supporters",
        N_("Someone who helped you erased their own passport. They can't help you now."),
    ),
    "recovery-helper-invited": Act("recovery", N_("You asked {name} to help you back in.")),
    "recovery-helper-invitation-cancelled": Act(
        "recovery", N_("You took back the question to {name} about helping you back in.")
    ),
    "recovery-helper-accepted": _happened(
        "recovery", N_("{name} agreed to be your recovery helper.")
    ),
    "recovery-helper-declined": _happened("recovery", N_("{name} said no to helping you back in.")),
    "recovery-helper-confirmed": Act(
        "recovery", N_("You confirmed {name} as your recovery helper.")
    ),
    "recovery-helper-removed": Act(
        "recovery", N_("You removed {name} as a helper to get back in.")
    ),
    "recovery-helper-left": _happened("recovery", N_("{name} stopped being your recovery helper.")),
    "recovery-wait-changed": Act(
        "recovery", N_("You changed the waiting time for helping you back in to {hours} hours.")
    ),
    "recovery-started": _happened(
        "recovery", N_("Someone asked to be let back in to your passport.")
    ),
    "recovery-approved": _happened("recovery", N_("{name} agreed to let you back in.")),
    "recovery-taken-back": _happened("recovery", N_("{name} no longer agrees to let you back in.")),
    "recovery-stopped": Act("recovery", N_("You stopped the request to be let back in.")),
    "recovery-stopped-by-sign-in": _happened(
        "recovery", N_("The request to be let back in was stopped, because you signed in.")
    ),
    "recovery-finished": _happened("recovery", N_("Your helpers let you back in.")),
    "recovery-helping-began": Act("recovery", N_("You became a recovery helper for {name}.")),
    "recovery-helping-ended": Act(
        "recovery", N_("You stopped being a recovery helper for {name}.")
    ),
    "recovery-helped": Act("recovery", N_("You agreed to let {name} back in.")),
    "passport-made": Act("account", N_("You made this passport.")),
    "signed-in": Act("account", N_("You signed in by {way} with {device}.")),
    "signed-out": Act("account", N_("You signed out.")),
    "device-signed-out": Act("account", N_("You signed out {device}.")),
    "all-devices-signed-out": Act("account", N_("You signed out on every other device.")),
    "settings-changed": Act("account", N_("You changed the settings.")),
    "export-made": Act("account", N_("You made a file with all of your passport.")),
    "story-imported": Act("account", N_("You brought in a story from a file.")),
    "import-made": Act("account", N_("You brought in a story from a file.")),
}


def act_of(key: str) -> Act:
    """What to say about an act; the key alone of one that this version doesn't know."""
    found = ACTS.get(key)
    if found is not None:
        return found
    return _happened("service", NO_WORDS)
