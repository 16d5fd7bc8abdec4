"""Any story, with a word of its own in every place that can hold words.

A mark such as `mark00042x` stands in exactly one place, so that whoever reads a share can say
which places its words came from. What belongs to no part (names of files, what a camera or a
program adds) is marked too: no choice ever lets it out.
"""

import io
import re
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from hypothesis import strategies as st
from PIL import Image
from PIL.ExifTags import Base

from passport.access import Access
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.media.clean_here import clean_here
from passport.sharing.save_attachment import save_attachment
from passport.sharing.save_section import save_section
from passport.story.attachment import Attachment
from passport.story.catalogue import CATALOGUE, IDENTITY, Part, section_type
from passport.story.section import SectionDraft
from passport.story.section_rules import in_two_languages
from tests.residents import Resident

KEYS = [kind.key for kind in CATALOGUE] + ["own-1a", "own-2b"]
FACTS = [part.key for part in IDENTITY.parts if part.kind != "date"]
BIRTH = "1962-03-27"
MARK = re.compile(r"mark\d{5}x")
_NOWHERE = "nowhere"


@dataclass(frozen=True)
class PartPlan:
    """How one section of a story is written."""

    sensitive: bool
    by: str
    other_language: str
    files: tuple[str, ...]


part_plans = st.builds(
    PartPlan,
    sensitive=st.booleans(),
    by=st.sampled_from(["owner", "supporter", "both"]),
    other_language=st.sampled_from(["", "", "ur", "pl"]),
    files=st.lists(st.sampled_from(["photo", "pdf", "text"]), max_size=2).map(tuple),
)
plans = st.dictionaries(st.sampled_from(KEYS), part_plans, min_size=1, max_size=7)


@dataclass
class MarkedStory:
    """A story as it is written, and whose each mark is: of a section, a fact, or of nowhere."""

    resident: Resident
    plan: dict[str, PartPlan]
    words: dict[str, set[str]] = field(default_factory=dict)
    contents: dict[str, set[str]] = field(default_factory=dict)
    """The marks inside files, which a link without files does not have."""
    writers: set[str] = field(default_factory=set)
    """The marks of `words` that are supporters' names."""
    count: int = 0

    def mark(self, place: str, among: dict[str, set[str]] | None = None) -> str:
        """A new word for this place."""
        self.count += 1
        found = f"mark{self.count:05d}x"
        (self.words if among is None else among).setdefault(place, set()).add(found)
        return found

    def write(self, only: Container[str] = (*KEYS, *FACTS, "birth-date")) -> None:
        """Write all of it, or only these sections and facts; the numbers of marks stay."""
        for key, plan in self.plan.items():
            _write_section(self, key, plan, key in only)
        facts = {part.key: self.answer(part.key, part) for part in IDENTITY.parts}
        kept = {key: words for key, words in facts.items() if key in only}
        if kept:
            self.resident.write("identity", kept, based_on=0)

    def answer(self, place: str, part: Part) -> Any:
        """An answer of marks."""
        if part.kind == "people":
            fields = ("name", "relationship", "phone", "when")
            return [{name: self.mark(place) for name in fields} for _ in range(2)]
        if part.kind == "lines":
            return [self.mark(place), self.mark(place)]
        if part.kind == "choices":
            return [part.choices[0].key]
        return BIRTH if part.kind == "date" else f"{self.mark(place)}\n\n{self.mark(place)}"

    def held(self, places: Container[str], *, with_files: bool) -> set[str]:
        """All marks of these sections and facts."""
        among = (self.words, self.contents) if with_files else (self.words,)
        return {
            mark for one in among for key, marks in one.items() if key in places for mark in marks
        }


def _write_section(story: MarkedStory, key: str, plan: PartPlan, wanted: bool) -> None:
    kind = section_type(key)
    assert kind is not None
    draft = SectionDraft(
        key,
        {part.key: story.answer(key, part) for part in kind.parts},
        story.mark(key) if key.startswith("own-") else "",
        plan.sensitive,
        other_language=plan.other_language,
        other_content={
            part.key: story.answer(key, part)
            for part in (in_two_languages(kind) if plan.other_language else ())
        },
    )
    supporter = _as_supporter(story, key) if plan.by != "owner" else story.resident.passport
    files = [_file(story, key, kind_of) for kind_of in plan.files]
    if not wanted:
        return
    database = story.resident.database
    begun = SectionDraft(**{**vars(draft), "language": "cy"}) if plan.by == "both" else draft
    save_section(database, supporter, begun, 0)
    if plan.by == "both":
        save_section(database, story.resident.passport, draft, 1)
    for file in files:
        save_attachment(database, supporter, key, file)


def _as_supporter(story: MarkedStory, key: str) -> UnlockedPassport:
    owner = story.resident.passport
    name = story.mark(key)
    story.writers.add(name)
    access = Access("5" * 32, name, frozenset({"read", "write"}), frozenset({key}))
    return UnlockedPassport(owner.passport_id, owner.key, access)


def _file(story: MarkedStory, key: str, kind: str) -> Attachment:
    cleaned = clean_here(_FILES[kind](story, key))
    return Attachment(
        f"{story.mark(_NOWHERE)}.bin",
        cleaned.content_type,
        cleaned.content,
        "" if kind == "photo" else f"{story.mark(key)}\n{story.mark(key)}",
        f"{story.mark(key)}\n\n{story.mark(key)}",
    )


def _photo(story: MarkedStory, key: str) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[Base.ImageDescription] = story.mark(_NOWHERE)
    Image.new("RGB", (16, 16), (90, 120, 30)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _pdf(story: MarkedStory, key: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page(page_size=(200, 200))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        shown = f"BT /F1 12 Tf 20 100 Td ({story.mark(key, story.contents)}) Tj ET"
        page.obj.Contents = made.make_stream(shown.encode())
        made.docinfo["/Author"] = story.mark(_NOWHERE)
        made.attachments["inside.txt"] = story.mark(_NOWHERE).encode()
        made.save(out)
    return out.getvalue()


def _text(story: MarkedStory, key: str) -> bytes:
    return f"Words: {story.mark(key, story.contents)}".encode()


_FILES: dict[str, Callable[[MarkedStory, str], bytes]] = {
    "photo": _photo,
    "pdf": _pdf,
    "text": _text,
}
