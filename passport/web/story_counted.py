"""How much a story holds, in words."""

from typing import Protocol

from flask_babel import ngettext

from passport.web.words import listed


class Counted(Protocol):
    """What holds parts, versions of them, and files."""

    @property
    def sections(self) -> int: ...

    @property
    def versions(self) -> int: ...

    @property
    def attachments(self) -> int: ...


def story_counted(counted: Counted) -> str:
    """`6 parts, 9 versions and 1 file`."""
    return listed(
        [
            ngettext("%(num)d part", "%(num)d parts", counted.sections),
            ngettext("%(num)d version", "%(num)d versions", counted.versions),
            ngettext("%(num)d file", "%(num)d files", counted.attachments),
        ]
    )
