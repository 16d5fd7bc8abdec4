"""Any story that the model allows, and the files that hold it."""

import json
from typing import Any

from hypothesis import strategies as st

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.leaving.checksum import checksum_of
from passport.leaving.export import export_text, make_export
from passport.storage.database import Database
from passport.story.attachment import CONTENT_TYPES, Attachment
from passport.story.catalogue import CATALOGUE, IDENTITY, OWN_SECTION, PERSON_FIELDS, Part
from passport.story.section import SectionDraft

SERVICE = "https://passport.example"

_odd = "\t\n\r\0<>&\"'\\\u202e\u2066\u200f\u2028\ufeff\ufffe é👩‍🦽"
words = st.text(st.characters(exclude_categories=("Cs",)) | st.sampled_from(_odd), max_size=40)
_titles = words.filter(lambda text: any(c.isalnum() for c in text))
_languages = st.sampled_from(["en", "cy", "ur", "pa-Arab", "zh-Hant", "en-GB"])
_people = st.fixed_dictionaries(dict.fromkeys(PERSON_FIELDS, words))


def _answers(part: Part) -> st.SearchStrategy[Any]:
    if part.kind == "lines":
        return st.lists(words, max_size=3)
    if part.kind == "choices":
        keys = [choice.key for choice in part.choices]
        return st.lists(st.sampled_from(keys), unique=True, max_size=3)
    if part.kind == "people":
        return st.lists(_people, max_size=2)
    if part.kind == "date":
        return st.sampled_from(["", "1941-03-27", "1999-12-31"])
    return words


@st.composite
def drafts(draw: st.DrawFn) -> SectionDraft:
    """What somebody may type into any section's form."""
    kind = draw(st.sampled_from([*CATALOGUE, IDENTITY, OWN_SECTION]))
    key = draw(st.sampled_from(["own-1", "own-a-b", "own-0badcafe"])) if kind.key == "own" else ""
    return SectionDraft(
        key or kind.key,
        {part.key: draw(_answers(part)) for part in kind.parts},
        draw(_titles) if key else "",
        draw(st.booleans()),
        draw(_languages),
    )


attachments = st.builds(
    Attachment,
    name=_titles,
    content_type=st.sampled_from(sorted(CONTENT_TYPES)),
    content=st.binary(min_size=1, max_size=300),
    caption=words,
    transcript=words,
)


def export_of(database: Database, passport: UnlockedPassport) -> dict[str, Any]:
    """The export of a passport, as its file says it."""
    export: dict[str, Any] = json.loads(file_of(database, passport))
    return export


def file_of(database: Database, passport: UnlockedPassport) -> bytes:
    """The bytes of a passport's export."""
    return b"".join(export_text(make_export(database, passport, SERVICE)))


def as_file(export: dict[str, Any], *, sealed: bool = True) -> bytes:
    """An export that somebody changed; `sealed` if they were clever enough to fit its checksum."""
    if sealed:
        export = export | {"checksum": checksum_of(export)}
    return json.dumps(export).encode()
