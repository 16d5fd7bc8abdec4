"""What can be printed: choose, see exactly what will be on it, then get it as PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any, cast

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.paper.fit import fitted
from passport.paper.record_printing import record_printing
from passport.paper.sheet import Sheet, SheetKind
from passport.paper.typeset import as_pdf, needed
from passport.sharing.change_share import list_shares
from passport.sharing.share import Share
from passport.sharing.share_document import shared_sections
from passport.story.section import Section
from passport.story.sections import story
from passport.web.forms.paper_form import NO_CODE, PaperForm, holds_all_of, paper_form
from passport.web.paper_words import EMERGENCY, KIND_WORDS, more_words, sheet_of
from passport.web.proved import is_proved, proved
from passport.web.section_words import fact_hints, section_hints
from passport.web.share_proof import may_be_shown
from passport.web.share_words import shared_story
from passport.web.signed_in import View, open_to_supporters, signed_in
from passport.web.titles import neutral_title
from passport.web.typed_fields import PROVES
from passport.wiring import wiring

blueprint = Blueprint("paper", __name__)

# Nothing that a PDF might ask for is allowed; a browser's own reader of PDFs needs no leave.
_POLICY = "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; script-src 'none'"


@dataclass(frozen=True)
class _Ready:
    """A sheet as it will be printed, what it was made of, and a mark to know it again by."""

    sheet: Sheet
    sections: list[Section]
    share: Share | None
    pdf: bytes
    is_drawn: bool

    @property
    def mark(self) -> str:
        """Differs as soon as anything else would be printed."""
        return sha256(repr(self.sheet).encode()).hexdigest()[:32]


def _code_after_proof(view: View) -> View:
    """As `proved`, if a share's QR code is to be printed."""
    asking = proved(view)

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        share_id = request.form.get("share", NO_CODE)
        if values["kind"] == EMERGENCY:
            # Whose code is on it the passport says, whatever share the form names.
            may = is_proved()
        else:
            may = share_id == NO_CODE or may_be_shown(share_id)
        return view(**values) if may and PROVES not in request.form else asking(**values)

    return guarded


@blueprint.get("/paper")
@signed_in
@open_to_supporters
def kinds() -> ResponseReturnValue:
    """What can be printed."""
    g.passport.access.require("read")
    return render_template("paper/kinds.html", kinds=KIND_WORDS)


@blueprint.route("/paper/<kind>", methods=["GET", "POST"])
@signed_in
@open_to_supporters
@_code_after_proof
def choose(kind: str) -> ResponseReturnValue:
    """Choose what is on it; then the page that says exactly what will be."""
    return _page(kind, _checked)


@blueprint.post("/paper/<kind>/pdf")
@signed_in
@open_to_supporters
@_code_after_proof
def pdf(kind: str) -> ResponseReturnValue:
    """The sheet itself, if it still says what the page before said."""
    return _page(kind, _printed)


def _page(
    kind_key: str,
    go_on: Callable[[PaperForm, SheetKind, list[Section], Share | None], ResponseReturnValue],
) -> ResponseReturnValue:
    if kind_key not in KIND_WORDS:
        abort(404)
    g.passport.access.require("read")
    kind, sections = cast(SheetKind, kind_key), story(wiring().database, g.passport)
    shares = _shares_with_codes()
    if kind == EMERGENCY:
        return _emergency_card(go_on, sections, [s for s in shares if s.terms.is_emergency])
    form = paper_form(kind, sections, shares)
    if "change" not in request.form and form.validate_on_submit():
        share = next((s for s in shares if s.share_id == form.share.data), None)
        return go_on(form, kind, sections, share)
    return render_template(
        "paper/choose.html",
        form=form,
        kind=kind,
        words=KIND_WORDS[kind],
        section_hints=section_hints(sections),
        fact_hints=fact_hints(sections),
        share_hints={s.share_id: shared_story(s, sections).sentence for s in shares},
    )


def _emergency_card(
    go_on: Callable[[PaperForm, SheetKind, list[Section], Share | None], ResponseReturnValue],
    sections: list[Section],
    shares: list[Share],
) -> ResponseReturnValue:
    """There is nothing to choose: it holds what she put into its share, and no more."""
    if not shares:
        return render_template("paper/no_emergency_card.html", words=KIND_WORDS[EMERGENCY])
    form = paper_form(EMERGENCY, sections, shares)
    holds_all_of(form, shares[0], shared_sections(shares[0].terms, sections))
    if request.method == "GET" or not form.validate_on_submit():
        return _checked(form, EMERGENCY, sections, shares[0])
    return go_on(form, EMERGENCY, sections, shares[0])


def _checked(
    form: PaperForm, kind: SheetKind, sections: list[Section], share: Share | None
) -> ResponseReturnValue:
    return _check_page(_made_ready(form, kind, sections, share), form, sections)


def _printed(
    form: PaperForm, kind: SheetKind, sections: list[Section], share: Share | None
) -> ResponseReturnValue:
    ready = _made_ready(form, kind, sections, share)
    if form.seen.data != ready.mark:
        form.add_problem(_("Your story changed after you opened this page. Check it again."))
        return _check_page(ready, form, sections), 409
    record_printing(
        wiring().database, g.passport, len(ready.sections), share.terms.recipient if share else ""
    )
    name = "notes" if neutral_title() else f"story-passport-{kind}"
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Content-Security-Policy": _POLICY,
    }
    return Response(ready.pdf, mimetype="application/pdf", headers=headers)


def _made_ready(
    form: PaperForm, kind: SheetKind, sections: list[Section], share: Share | None
) -> _Ready:
    by_key = {section.key: section for section in sections}
    chosen = [by_key[key] for key in form.chosen]
    facts = [section for section in sections if section.is_identity]
    sheet = fitted(sheet_of(kind, [*facts, *chosen], form.identity.data, share), more_words())
    made, is_drawn = as_pdf(sheet)
    return _Ready(sheet, chosen, share, made, is_drawn)


def _check_page(ready: _Ready, form: PaperForm, sections: list[Section]) -> str:
    form.seen.data = ready.mark
    kept = {section.key: section for section in ready.sheet.sections}
    return render_template(
        "paper/check.html",
        form=form,
        sheet=ready.sheet,
        words=KIND_WORDS[ready.sheet.kind],
        pages=needed(ready.sheet).pages,
        parts=[(section, kept.get(section.key)) for section in ready.sections],
        is_drawn=ready.is_drawn,
        shared=shared_story(ready.share, sections) if ready.share else None,
    )


def _shares_with_codes() -> list[Share]:
    """Shares whose QR code may be printed; those of organisations have none to show."""
    if not g.passport.access.may("share"):
        return []
    return [
        share
        for share in list_shares(wiring().database, g.passport)
        if share.state in ("active", "paused") and not share.record.organisation
    ]
