"""The demo's story as a reader gets it, without a service to share it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from passport.cli import demo_story
from passport.sharing.share import Share, ShareRecord, ShareTerms
from passport.sharing.share_document import share_document
from passport.story.catalogue import CATALOGUE, FIRST_SCREEN, IDENTITY, section_type
from passport.story.section import Section

OWN_KEY = "own-garden"


def demo_bundle() -> dict[str, Any]:
    """Rosa's story with every part and every fact shared, checked a week ago."""
    others = [kind.key for kind in CATALOGUE if kind.key not in FIRST_SCREEN]
    terms = ShareTerms(
        recipient="Ward 7",
        sections=(*FIRST_SCREEN, *others, OWN_KEY),
        identity=tuple(part.key for part in IDENTITY.parts),
        sensitive=demo_story.SENSITIVE,
    )
    share_id = str(UUID(int=7))
    share = Share(share_id, ShareRecord(terms, None), 1, 0, None, False, None, None)
    return json.loads(share_document(share, [_section(one) for one in demo_story.drafts(OWN_KEY)]))


def _section(draft: Any) -> Section:
    kind = section_type(draft.key)
    return Section(
        key=draft.key,
        title=draft.title or (kind.title if kind else ""),
        content=draft.content,
        version=1,
        written_at=datetime.now(UTC) - timedelta(days=30),
        reviewed_at=datetime.now(UTC) - timedelta(days=7),
        sensitive=draft.sensitive,
    )
