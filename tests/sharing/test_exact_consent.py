"""Consent is exact: any story, any choice; readers get every word that was ticked and no other."""

import io
import json
import re
from base64 import b64decode
from dataclasses import replace
from typing import Any

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from passport.crypto.share_file import sealed_length
from passport.fhir.document import read_document
from passport.sharing.change_contents import change_contents
from passport.sharing.errors import NothingChosen
from passport.sharing.low_day import set_low_day
from passport.sharing.preview import preview, preview_change
from passport.sharing.read_share import read_location, read_manifest
from passport.sharing.share import Share, ShareTerms
from passport.storage import tables
from passport.storage.database import Database
from passport.story.sections import section
from tests.residents import new_resident, reading
from tests.sharing.clinician import NURSE, address_of, decrypted, jwe_of
from tests.sharing.marked_story import BIRTH, FACTS, KEYS, MARK, MarkedStory, PartPlan, plans

RECIPIENT = "Ward 7"
some_keys = st.lists(st.sampled_from(KEYS), unique=True, max_size=14)
choices = st.builds(
    ShareTerms,
    recipient=st.just(RECIPIENT),
    sections=some_keys.map(tuple),
    identity=st.lists(st.sampled_from([*FACTS, "birth-date"]), unique=True, max_size=3).map(tuple),
    sensitive=some_keys.map(tuple),
    is_direct=st.booleans(),
)
# Without shrinking: that takes minutes here, and the marks already tell where a word came from.
exactly = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


def files_of(database: Database, share: Share) -> list[dict[str, Any]]:
    """Every file of a share, opened as a reader opens it: the document first."""
    if share.terms.is_direct:
        return [json.loads(decrypted(share, jwe_of(database, share)))]
    found = read_manifest(reading(database), address_of(share), NURSE, share.passcode)
    jwes = [one.embedded or read_location(reading(database), one.location or "") for one in found]
    return [json.loads(decrypted(share, jwe)) for jwe in jwes]


def told_by(files: list[dict[str, Any]]) -> str:
    """All that readers can find in these: JSON, narratives, and what is inside attachments."""
    inside = [file["content"][0]["attachment"].pop("data") for file in files[1:]]
    return "\n".join([json.dumps(files), *(_looked_into(b64decode(one)) for one in inside)])


def _looked_into(content: bytes) -> str:
    shown = content.decode("latin-1")
    if not content.startswith(b"%PDF"):
        return shown
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    unpacked = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as found:
        found.save(
            unpacked,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
        )
    return "\n".join([*pages, unpacked.getvalue().decode("latin-1")])


def let_out(plan: dict[str, PartPlan], terms: ShareTerms, sensitive: set[str]) -> set[str]:
    """The sections that a choice lets out of a story in which these are sensitive."""
    again = {key for key in terms.sensitive if key in sensitive}
    return {key for key in terms.sections if key in plan and (key not in sensitive or key in again)}


def holds_exactly(story: MarkedStory, share: Share, keys: set[str]) -> None:
    """Every word of these sections and of the ticked facts is in it, and no other."""
    told = told_by(files_of(story.resident.database, share))
    facts, with_files = share.terms.identity, not share.terms.is_direct
    assert set(MARK.findall(told)) == story.held({*keys, *facts}, with_files=with_files)
    assert (BIRTH in told) == ("birth-date" in facts)
    for key in KEYS:
        assert (f'"{key}"' in told) == (key in keys)


def previewed(shown: bytes, share: Share, database: Database) -> None:
    """What was shown before is what is there now, but for when she agreed."""
    before, now = (read_document(one) for one in (json.loads(shown), files_of(database, share)[0]))
    then = before.consent
    agreed = replace(now.consent, shared_from=then.shared_from, until=then.until, agreed_at=None)
    assert before == replace(now, consent=agreed, written_at=before.written_at)


@exactly
@given(plan=plans, first=choices, second=choices, later=st.sets(st.sampled_from(KEYS)))
def test_any_choice_from_any_story_lets_out_every_ticked_word_and_no_other(
    sqlite_database: Database,
    plan: dict[str, PartPlan],
    first: ShareTerms,
    second: ShareTerms,
    later: set[str],
) -> None:
    database = sqlite_database
    story = MarkedStory(new_resident(database), plan)
    story.write()
    passport, sensitive = story.resident.passport, {k for k in plan if plan[k].sensitive}
    allowed, once = let_out(plan, first, sensitive), "once"
    chosen = {k: v for k, v in vars(first).items() if k not in ("recipient", "sections")}
    if not allowed and not first.identity:
        with pytest.raises(NothingChosen):
            preview(database, passport, first)
        with pytest.raises(NothingChosen):
            story.resident.share(*first.sections, **chosen)
        return
    shown = preview(database, passport, first, once=once)
    share = story.resident.share(*first.sections, recipient=RECIPIENT, once=once, **chosen)
    story.resident.share(*KEYS, recipient=story.mark("nowhere"), identity=tuple(FACTS))
    previewed(shown.file, share, database)
    holds_exactly(story, share, allowed)

    if let_out(plan, second, sensitive) or second.identity:
        shown = preview_change(database, passport, share.share_id, second)
        share = change_contents(database, passport, share.share_id, second)
        previewed(shown.file, share, database)
        allowed = let_out(plan, second, sensitive)
        holds_exactly(story, share, allowed)

    set_low_day(database, passport, share.share_id)
    for key in later & set(plan):
        words = section(database, passport, key)
        story.resident.write(key, words.content, title=words.title, sensitive=True)
    allowed -= {key for key in later if key not in sensitive}
    holds_exactly(story, share, allowed)


@exactly
@given(plan=plans, chosen=choices)
def test_nothing_about_a_share_tells_whether_there_is_more(
    sqlite_database: Database, plan: dict[str, PartPlan], chosen: ShareTerms
) -> None:
    """Two people tick the same, and one of them has written more: what others can see is alike."""
    keys = let_out(plan, chosen, {key for key in plan if plan[key].sensitive})
    if not keys and not chosen.identity:
        return
    database, seen = sqlite_database, []
    for only in ({*KEYS, *FACTS, "birth-date"}, {*keys, *chosen.identity}):
        story = MarkedStory(new_resident(database), plan)
        story.write(only)
        terms = {k: v for k, v in vars(chosen).items() if k not in ("recipient", "sections")}
        share = story.resident.share(*chosen.sections, recipient=RECIPIENT, **terms)
        seen.append((_outside(database, share), _unnamed(told_by(files_of(database, share)))))
    assert seen[0] == seen[1]


def _outside(database: Database, share: Share) -> list[tuple[int, int]]:
    """What whoever has no key sees: how many files there are, how long, in which order."""
    files = tables.share_files
    mine = select(files).where(files.c.share_id == share.share_id).order_by(files.c.position)
    with database.read() as connection:
        rows = connection.execute(mine).all()
    return [(row.position, sealed_length(row.sealed_jwe)) for row in rows]


def _unnamed(told: str) -> str:
    """The same, without what differs by chance or by the clock."""
    identifier = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|<[0-9A-Fa-f]{32}>"
    moment = r"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-][0-9:]+)"
    return re.sub(f"{identifier}|{moment}", "…", told)
