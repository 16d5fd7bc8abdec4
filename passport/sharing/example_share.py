"""The invented resident's shares and what came of them, to look around in. Kept nowhere."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from passport import clock
from passport.crypto.share_file import encode_key, encrypt_file
from passport.sharing.receipts import Reader, Receipt
from passport.sharing.reply import Given, Reply
from passport.sharing.share import Share, ShareRecord, ShareSecrets, ShareTerms
from passport.sharing.share_document import CONTENT_TYPE, share_document
from passport.sharing.shlink import LABEL, Shlink, viewer_link
from passport.story import example
from passport.story.catalogue import IDENTITY
from passport.story.section import Section
from passport.words_to_translate import N_

OWN_KEY = "own-garden"
INVENTED = "an example, nobody real"
# Anybody may know it: what it opens is invented.
_KEY = sha256(b"Story Passport's example").digest()
_DAY = timedelta(days=1)
_WARD, _SURGERY, _TAXI = "Ward 7, Marlbrook General", "Lantern Row Surgery", "Hospital transport"
_NURSE = Reader("Nurse, Ward 7")
_TERMS = ShareTerms(
    recipient=_WARD,
    sections=(
        "most-important",
        "please-do",
        "please-dont",
        "communicate",
        "adjustments",
        "wellness",
        "support",
        "people",
        "worth-knowing",
    ),
    identity=("called", "name", "birth-date"),
    duration="month",
    with_passcode=True,
)


@dataclass(frozen=True)
class ExampleShare:
    """One share, and its latest reading."""

    share: Share
    last_read: Receipt | None = None


def example_story() -> list[Section]:
    """Every part that she wrote, a month ago, and found still true last week."""
    now = clock.now()
    return example.sections(OWN_KEY, now - 30 * _DAY, now - 7 * _DAY)


def example_shares() -> list[ExampleShare]:
    """One that a ward reads, one that nobody has read yet, and one that is stopped."""
    now = clock.now()
    every_part = tuple(s.key for s in example_story() if not s.is_identity)
    surgery = ShareTerms(
        _SURGERY, every_part, tuple(p.key for p in IDENTITY.parts), example.SENSITIVE
    )
    lift = ShareTerms(_TAXI, ("adjustments", "please-do"), ("called",))
    ward = _share(_TERMS, now - 3 * _DAY, until=now + 4 * _DAY)
    stopped = _share(lift, now - 20 * _DAY, is_stopped=True)
    return [
        ExampleShare(ward, Receipt(ward.share_id, _NURSE, now - _DAY)),
        ExampleShare(_share(surgery, now - 12 * _DAY)),
        ExampleShare(stopped, Receipt(stopped.share_id, Reader("Driver"), now - 19 * _DAY)),
    ]


def example_replies() -> list[Reply]:
    """What the ward gave back, newest first."""
    share_id, now = example_shares()[0].share.share_id, clock.now()
    told = Given(
        "acknowledgement",
        N_("Two people and the slide sheet each time. Blood from the right arm only."),
    )
    bed = Given("suggestion", N_("I sleep better by the window."), section="adjustments")
    colleague = Given("handover", role=N_("Physiotherapist"), team=_WARD)
    given = ((colleague, 0.4 * _DAY), (bed, 0.9 * _DAY), (told, _DAY))
    return [
        Reply(share_id, str(number), _NURSE, one, now - ago)
        for number, (one, ago) in enumerate(given)
    ]


def example_link(base_url: str) -> str:
    """Opens the ward's share in the reader's page, as a ward would."""
    link = Shlink(f"{base_url}/example/file", encode_key(_KEY), "U", label=f"{LABEL}: {INVENTED}")
    return viewer_link(link, base_url)


def example_file() -> str:
    """What that link leads to: the share's document, encrypted like any other."""
    share = example_shares()[0].share
    return encrypt_file(_KEY, share_document(share, _marked(example_story())), CONTENT_TYPE)


def _marked(story: list[Section]) -> list[Section]:
    # Whoever comes to the reader's page has nothing else there that says so.
    return [
        replace(section, content={**section.content, "called": f"Rosa ({INVENTED})"})
        if section.is_identity
        else section
        for section in story
    ]


def _share(
    terms: ShareTerms, made: datetime, until: datetime | None = None, *, is_stopped: bool = False
) -> Share:
    secrets = None if is_stopped else ShareSecrets("", "")
    return Share(
        share_id=str(uuid5(NAMESPACE_URL, terms.recipient)),
        record=ShareRecord(terms if until else replace(terms, duration="until-stopped"), secrets),
        record_version=1,
        created_at=int(made.timestamp()),
        expires_at=int(until.timestamp()) if until else None,
        is_paused=False,
        revoked_at=int(made.timestamp()) if is_stopped else None,
        attempts_left=None,
    )
