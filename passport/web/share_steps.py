"""The small steps towards a share: what was chosen so far, and the form of each step."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import abort, g
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, FormField, SelectChoice

from passport.sharing.share import ShareTerms
from passport.sharing.team_needs import TEAM_KINDS, TeamKind, team_kind
from passport.sharing.unfinished import Unfinished, keep_choices, unfinished_shares
from passport.storage.identifiers import is_id
from passport.story.catalogue import FIRST_SCREEN
from passport.story.fact_names import FACT_NAMES
from passport.story.section import Content, Section
from passport.story.sections import shareable_story
from passport.trusts.organisations import list_organisations
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.share_forms import (
    OTHER_TEAM,
    SOMEONE,
    HowLongForm,
    PasscodeForm,
    WhatForm,
    WhoForm,
)
from passport.web.section_words import title_words
from passport.web.typed_fields import typed_fields
from passport.wiring import wiring

FORMS: dict[str, type[PassportForm]] = {
    "who": WhoForm,
    "what": WhatForm,
    "how-long": HowLongForm,
    "passcode": PasscodeForm,
}
CHANGES = "changes"
USUAL = (("duration", "visit"), ("passcode", "yes"))
Fields = Sequence[tuple[str, str]]


@dataclass
class Steps:
    """One try at a share, in the order of its steps. Ends the request if there is none such."""

    number: str
    story: list[Section] = field(init=False)
    facts: Content = field(init=False)
    sections: list[Section] = field(init=False)
    organisations: list[tuple[str, str]] = field(init=False)
    _kept: Unfinished = field(init=False)

    def __post_init__(self) -> None:
        database = wiring().database
        g.passport.access.require("share")
        if not is_id(self.number):
            abort(404)
        self.story = shareable_story(database, g.passport)
        self.facts = next((s.content for s in self.story if s.is_identity), {})
        written = (s for s in self.story if not s.is_identity and s.holds_something)
        self.sections = sorted(written, key=_place)
        self.organisations = [(o.organisation_id, o.name) for o in list_organisations(database)]
        tried = unfinished_shares(database, g.passport)
        none = Unfinished(self.number, [])
        self._kept = next((one for one in tried if one.number == self.number), none)

    @property
    def is_begun(self) -> bool:
        """Whether anything was chosen yet."""
        return bool(self._kept.fields)

    @property
    def can_share(self) -> bool:
        """Whether there is anything to share."""
        return bool(self.sections or any(self.facts.values()))

    @property
    def changes(self) -> str:
        """The share whose parts are being chosen anew; empty for a new share."""
        return self._kept.first(CHANGES)

    @property
    def order(self) -> list[str]:
        """The names of the steps."""
        return ["what"] if self.changes else list(FORMS)

    @property
    def kind(self) -> TeamKind | None:
        """The kind of team that it is for, if we know what such a team often needs."""
        return team_kind(self._kept.first("kind"))

    def is_done(self, step: str) -> bool:
        """Whether a step was gone through."""
        return bool(self._kept.first(_done(step)))

    def unready(self) -> str | None:
        """The first step that is still to do, or no longer fits the story; None if none is."""
        for step in self.order:
            if not self.is_done(step) or not self.kept_form(step).validate():
                return step
        return None

    def before(self, step: str) -> str | None:
        """The first of the steps before this one that is still to do."""
        earlier = self.order[: self.order.index(step)]
        return next((one for one in earlier if not self.is_done(one)), None)

    def sent_form(self, step: str) -> PassportForm:
        """The form of a step as it was just sent."""
        return self._offering(FORMS[step]())

    def kept_form(self, step: str) -> PassportForm:
        """The form of a step as it was kept; new if it was not."""
        if not self.is_done(step):
            return self._offering(FORMS[step](formdata=None))
        kept = MultiDict(self._kept.fields)
        return self._offering(FORMS[step](formdata=kept, meta={"csrf": False}))

    def keep(self, step: str, form: PassportForm, also: Fields = ()) -> None:
        """Keep what a step's form holds."""
        names = {name for one in form for name in _names(one)} - {"csrf_token"}
        sent = [(n, v) for n, v in typed_fields().items(multi=True) if n in names]
        kept = [*sent, *also, (_done(step), "1")]
        keep_choices(wiring().database, g.passport, self.number, {*names, _done(step)}, kept)

    @property
    def may_take_the_usual(self) -> bool:
        """Whether the last two steps can be passed over, with what guards a story best."""
        return not (self.changes or self.organisation or self.is_done("how-long"))

    def keep_the_usual(self) -> None:
        """As if she had chosen a visit, and a passcode: she sees it before anybody else does."""
        kept = [*USUAL, *((_done(step), "1") for step in ("how-long", "passcode"))]
        names = {name for name, _ in kept}
        keep_choices(wiring().database, g.passport, self.number, names, kept)

    @property
    def organisation(self) -> tuple[str, str] | None:
        """The registered organisation that it is for: id and name."""
        who = self.kept_form("who")
        return next((one for one in self.organisations if one[0] == who.organisation_id), None)

    @property
    def _organisation_name(self) -> str:
        return self.organisation[1] if self.organisation else ""

    @property
    def terms(self) -> ShareTerms:
        """What was chosen; of a change, only what is in it counts."""
        what = self.kept_form("what")
        chosen = {*(what.sections.data or ()), *(what.sensitive.data or ())}
        contents = ShareTerms(
            recipient=self._kept.first("recipient") or self._organisation_name,
            sections=tuple(s.key for s in self.sections if s.key in chosen),
            identity=tuple(what.identity.data or ()),
            sensitive=tuple(what.sensitive.data or ()),
        )
        return contents if self.changes else self._guarded(contents)

    def _guarded(self, contents: ShareTerms) -> ShareTerms:
        how_long, guard = self.kept_form("how-long"), self.kept_form("passcode")
        return replace(
            contents,
            duration=how_long.duration.data,
            last_day=how_long.chosen_day,
            with_passcode=guard.with_passcode,
            is_direct=guard.is_direct.data,
            may_hand_over=guard.may_hand_over.data,
        )

    def _offering(self, form: PassportForm) -> PassportForm:
        if isinstance(form, WhoForm):
            self._offer_teams(form)
        if isinstance(form, WhatForm):
            form.sections.choices = [_choice(s) for s in self.sections if not s.sensitive]
            form.sensitive.choices = [_choice(s) for s in self.sections if s.sensitive]
            form.identity.choices = [
                SelectChoice(key, _(name))
                for key, name in FACT_NAMES.items()
                if self.facts.get(key)
            ]
        if isinstance(form, PasscodeForm):
            form.for_organisation = self.organisation is not None
        return form

    def _offer_teams(self, form: WhoForm) -> None:
        form.to.choices = [SelectChoice(key, name) for key, name in self.organisations]
        if form.to.choices:
            form.to.choices.append(SelectChoice(SOMEONE, _("Someone else, by QR code or link")))
            form.recipient.label.text = _("If it is someone else, who?")
        form.kind.choices = [SelectChoice(one.key, _(one.name)) for one in TEAM_KINDS]
        form.kind.choices.append(SelectChoice(OTHER_TEAM, _("Another team or person")))


def _done(step: str) -> str:
    return f"done-{step}"


def _names(one: Field) -> list[str]:
    return [part.name for part in one.form] if isinstance(one, FormField) else [one.name]


def _choice(section: Section) -> SelectChoice:
    return SelectChoice(section.key, title_words(section))


def _place(section: Section) -> int:
    # The order in which readers see it; the sort keeps the catalogue's order for the rest.
    return FIRST_SCREEN.index(section.key) if section.key in FIRST_SCREEN else len(FIRST_SCREEN)
