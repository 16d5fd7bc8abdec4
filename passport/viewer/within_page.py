"""The viewer's stylesheet and script as its page carries them, and what lets a browser run them.

Fetched by themselves they would cost a reader on a phone one more round trip. The page's policy
names the digest of each, so that nothing else in the page can run, whatever a story holds (W3C
Content Security Policy Level 3, section 6.7.2.3).
"""

import re
from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from markupsafe import Markup

from passport.built_assets import asset, built_text

STYLESHEET, SCRIPT = "viewer.css", "viewer.js"
DRAW_ANYWAY = "draw_anyway.js"
STORY_STYLESHEET, STORY_SCRIPT = "story_page.css", "story_page.js"
_OUR_FILE = re.compile(r'url\("?((?:fonts|images)/[^")]+)"?\)')
_ENDS_EARLY = re.compile("</(?:style|script)|<!--", re.IGNORECASE)


class WithinPage(NamedTuple):
    """A stylesheet or script: its text, and its digest as a policy names it."""

    text: Markup
    source: str


def stylesheet(name: str) -> WithinPage:
    """One of the viewer's stylesheets. Raises ValueError if it can't stand in a page."""
    text = _OUR_FILE.sub(lambda found: f'url("{asset(found[1])}")', built_text(name))
    return _within(text)


def script(name: str) -> WithinPage:
    """One of the viewer's scripts. Raises ValueError if it can't stand in a page."""
    # HTML Standard, section 4.12.1.3 (restrictions for contents of script elements).
    return _within(built_text(name).replace("<!--", r"\x3C!--"))


@lru_cache(maxsize=8)
def _within(text: str) -> WithinPage:
    # Nothing is escaped in these two elements: the digest is of the text as it stands.
    if _ENDS_EARLY.search(text):
        raise ValueError("it holds what would end its element in the page")
    digest = b64encode(sha256(text.encode()).digest()).decode()
    return WithinPage(Markup(text), f"'sha256-{digest}'")  # noqa: S704
