"""One section of a story as it is written, kept and read."""

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from passport.story.catalogue import IDENTITY, SectionType, section_type

OWNER_WROTE = "self"
Content = dict[str, Any]
"""Part key → `str`, `list[str]` or `list[dict[str, str]]`, as the part's kind says."""


@dataclass(frozen=True)
class SectionDraft:
    """What the resident typed into one section's form. `title` only for a section of her own.

    `other_content` says the same in `other_language`; empty for no second language, None for what
    is saved already. `form` is the open form whose kept copy this replaces; None for every one of
    the section.
    """

    key: str
    content: Content
    title: str = ""
    sensitive: bool = False
    language: str = "en"
    other_language: str | None = None
    other_content: Content = field(default_factory=dict)
    form: str | None = None


@dataclass(frozen=True)
class Section:
    """A saved section: the words, and who wrote them when. `version` counts from 1.

    `other_content` says the same in `other_language`, where she wrote it twice.
    """

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
    other_language: str = ""
    other_content: Content = field(default_factory=dict)
    parts: SectionType = field(init=False, repr=False, compare=False)
    # Found beside it, and not part of what is sealed: see `read_story`.
    has_files: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        kind = section_type(self.key)
        if kind is None:
            raise ValueError("a section's key must be in the catalogue")
        object.__setattr__(self, "parts", kind)

    @property
    def is_empty(self) -> bool:
        """Whether there are no words in it."""
        return not any(self.content.values()) and not self.has_other

    @property
    def holds_something(self) -> bool:
        """Whether there are words in it, or a photo, voice, video or paper."""
        return self.has_files or not self.is_empty

    @property
    def has_other(self) -> bool:
        """Whether it says the same in a second language too."""
        return any(self.other_content.values())

    @property
    def as_draft(self) -> SectionDraft:
        """What saving it again as it is would save."""
        return SectionDraft(
            self.key,
            self.content,
            self.title,
            self.sensitive,
            self.language,
            self.other_language,
            self.other_content,
        )

    @property
    def is_identity(self) -> bool:
        """Whether it holds the headline facts, which are shared fact by fact."""
        return self.key == IDENTITY.key

    def says_the_same_as(self, draft: SectionDraft) -> bool:
        """Whether saving the draft would change nothing."""
        other = replace(self.fills(draft), form=None)
        if not self.key.startswith("own-"):
            other = replace(other, title=self.title)
        return self.as_draft == other

    def fills(self, draft: SectionDraft) -> SectionDraft:
        """The draft with this section's second language, if it leaves that as it is."""
        if draft.other_language is not None:
            return draft
        return replace(draft, other_language=self.other_language, other_content=self.other_content)

    def to_json(self) -> bytes:
        """The bytes that are sealed. The version is bound by the seal, not kept inside."""
        values = asdict(self) | {
            "written_at": self.written_at.isoformat(),
            "reviewed_at": self.reviewed_at.isoformat(),
        }
        del values["version"], values["parts"], values["has_files"]
        if not self.has_other:
            # So that a section in one language is the same bytes as it always was.
            del values["other_language"], values["other_content"]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, text: bytes, version: int) -> "Section":
        """The section that `to_json` wrote."""
        values = json.loads(text)
        for name in ("written_at", "reviewed_at"):
            values[name] = datetime.fromisoformat(values[name])
        return cls(version=version, **values)
