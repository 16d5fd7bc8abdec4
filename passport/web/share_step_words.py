"""What the steps towards a share say: which parts are often needed, and what was chosen."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from markupsafe import Markup

from passport.fhir.model import Identity
from passport.sharing.share import Share
from passport.sharing.team_needs import TeamKind
from passport.story.fact_names import FACT_NAMES
from passport.story.section import Section
from passport.web.section_words import fact_hints, section_hints
from passport.web.share_words import SharedStory, until_words
from passport.web.words import date_of


def init_app(app: Flask) -> None:
    """Make the filter known to templates, by its own name."""
    app.add_template_filter(identity_facts)
    app.add_template_filter(apart)


def apart(words: str) -> Markup:
    """Somebody's words inside a sentence of ours, so that neither turns the other's direction."""
    return Markup("<bdi>{}</bdi>").format(words)


def part_hints(kind: TeamKind | None, readable: Iterable[Section]) -> dict[str, str]:
    """Section key or fact's key → its first words, and whether such a team often needs it."""
    sections = list(readable)
    needed = {*kind.sections, *kind.facts} if kind else set()
    written = section_hints(sections) | fact_hints(sections)
    keys = {*written, *needed}
    return {key: _hint(written.get(key, ""), key in needed) for key in keys}


def _hint(written: str, is_needed: bool) -> str:
    if not is_needed:
        return written
    needed = _("Often needed.")
    return Markup("{}<br>{}").format(needed, apart(written)) if written else needed


def identity_facts(identity: Identity) -> list[tuple[str, str]]:
    """The facts that readers get: name and value, in order."""
    born = date_of(identity.birth_date.isoformat()) if identity.birth_date else None
    values = {
        "called": identity.called,
        "name": identity.name,
        "birth-date": born,
        "nhs-number": identity.nhs_number,
        "address": identity.address,
        "phone": identity.phone,
    }
    return [(_(FACT_NAMES[key]), value) for key, value in values.items() if value]


def summary_rows(number: str, shared: SharedStory) -> list[dict[str, Any]]:
    """What was chosen, a row for each step, with the way back to it."""
    share = shared.share
    rows = [
        ("who", _("Who it is for"), shared.recipient),
        ("what", _("What is in it"), shared.contents),
        ("how-long", _("How long"), until_words(share.until)),
        ("passcode", _("How it is guarded"), _guard(share)),
    ]
    return [_row(f"/shares/new/{number}/{step}", name, value) for step, name, value in rows]


def _guard(share: Share) -> str:
    if share.record.organisation:
        return _("Only they can open it. No passcode.")
    if share.terms.with_passcode:
        return _("With a passcode. Whoever has the link needs it too.")
    return _("No passcode. Whoever has the link can read it.")


def _row(address: str, name: str, value: str) -> dict[str, Any]:
    change = {"href": address, "text": _("Change"), "visuallyHiddenText": name}
    return {"key": {"text": name}, "value": {"text": value}, "actions": {"items": [change]}}
