"""One section of a story as it is written, kept and read."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from passport.story.catalogue import IDENTITY, SectionType, section_type

OWNER_WROTE = "self"
Content = dict[str, Any]
"""Part key → `str`, `list[str]` or `list[dict[str, str]]`, as the part's kind says."""


@dataclass(frozen=True)
class SectionDraft:
    """What the resident typed into one section's form. `title` only for a section of her own."""

    key: str
    content: Content
    title: str = ""
    sensitive: bool = False
    language: str = "en"


@dataclass(frozen=True)
class Section:
    """A saved section: the words, and who wrote them when. `version` counts from 1."""

    key: str
    title: str
    content: Content
    version: int
    written_at: datetime
    reviewed_at: datetime
    sensitive: bool = False
    language: str = "en"
    written_by: str = OWNER_WROTE
    supported_by: str | None = None
    parts: SectionType = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        kind = section_type(self.key)
        if kind is None:
            raise ValueError("a section's key must be in the catalogue")
        object.__setattr__(self, "parts", kind)

    @property
    def is_empty(self) -> bool:
        """Whether there are no words in it."""
        return not any(self.content.values())

    @property
    def is_identity(self) -> bool:
        """Whether it holds the headline facts, which are shared fact by fact."""
        return self.key == IDENTITY.key

    def says_the_same_as(self, draft: SectionDraft) -> bool:
        """Whether saving the draft would change nothing."""
        mine = (self.content, self.sensitive, self.language)
        return mine == (draft.content, draft.sensitive, draft.language) and (
            not self.key.startswith("own-") or self.title == draft.title
        )

    def to_json(self) -> bytes:
        """The bytes that are sealed. The version is bound by the seal, not kept inside."""
        values = asdict(self) | {
            "written_at": self.written_at.isoformat(),
            "reviewed_at": self.reviewed_at.isoformat(),
        }
        del values["version"], values["parts"]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, text: bytes, version: int) -> "Section":
        """The section that `to_json` wrote."""
        values = json.loads(text)
        for name in ("written_at", "reviewed_at"):
            values[name] = datetime.fromisoformat(values[name])
        return cls(version=version, **values)
