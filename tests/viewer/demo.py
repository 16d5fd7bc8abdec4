"""The demo's story as a reader gets it, without a service to share it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from passport.sharing.share import Share, ShareRecord, ShareTerms
from passport.sharing.share_document import share_document
from passport.story import example
from passport.story.catalogue import CATALOGUE, FIRST_SCREEN, IDENTITY

OWN_KEY = "own-garden"


def demo_bundle() -> dict[str, Any]:
    """Rosa's story with every part and every fact shared, checked a week ago."""
    others = [kind.key for kind in CATALOGUE if kind.key not in FIRST_SCREEN]
    terms = ShareTerms(
        recipient="Ward 7",
        sections=(*FIRST_SCREEN, *others, OWN_KEY),
        identity=tuple(part.key for part in IDENTITY.parts),
        sensitive=example.SENSITIVE,
    )
    share_id = str(UUID(int=7))
    share = Share(share_id, ShareRecord(terms, None), 1, 0, None, False, None, None)
    now = datetime.now(UTC)
    story = example.sections(OWN_KEY, now - timedelta(days=30), now - timedelta(days=7))
    return json.loads(share_document(share, story))
