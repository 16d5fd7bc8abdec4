"""What is to be on a printed sheet."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, SelectChoice

from passport.paper.sheet import SheetKind
from passport.sharing.share import Share
from passport.story.catalogue import FIRST_SCREEN
from passport.story.fact_names import FACT_NAMES
from passport.story.section import Section
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.share_forms import PartsField

NO_CODE = "none"


class PaperForm(PassportForm):
    """Which parts, which facts, and whose QR code.

    `seen` marks what the page that was looked at said would be printed.
    """

    reader_order: Sequence[str] = ()
    seen = HiddenField()
    sections = PartsField(lazy_gettext("Which parts should be on it?"))
    sensitive = PartsField(
        lazy_gettext("Sensitive parts"),
        description=lazy_gettext(
            "You marked these as sensitive. Anyone who sees the paper can read them."
        ),
    )
    identity = PartsField(
        lazy_gettext("Which facts about you should be on it?"),
        description=lazy_gettext("If you tick none, the paper does not say who you are."),
    )
    share = RadioField(
        lazy_gettext("Should it have a QR code?"),
        description=lazy_gettext("It opens one of your shares, as it is on that day."),
        default=NO_CODE,
    )

    def validate(self, extra_validators: object = None) -> bool:
        """Check that anything at all is to be printed."""
        valid = super().validate(extra_validators)
        chosen = self.sections.data or self.sensitive.data or self.identity.data
        if valid and not chosen and self.share.data == NO_CODE:
            self.sections.errors = [_("Tick at least one thing, or choose a QR code.")]
        return valid and not self.errors

    @property
    def chosen(self) -> list[str]:
        """Keys of the parts that were ticked, in the order in which readers see them."""
        ticked = {*self.sections.data, *self.sensitive.data}
        return [key for key in self.reader_order if key in ticked]


def paper_form(kind: SheetKind, story: Sequence[Section], shares: Sequence[Share]) -> PaperForm:
    """The form for printing out of this story, with the QR code of one of these shares."""
    parts = [s for s in story if not s.is_identity and not s.is_empty]
    parts.sort(key=lambda s: FIRST_SCREEN.index(s.key) if s.key in FIRST_SCREEN else 99)
    open_parts = [s for s in parts if not s.sensitive]
    likely = [s.key for s in open_parts if kind in ("booklet", "large-print") or _is_first(s)]
    form = PaperForm(data={"sections": likely})
    form.reader_order = [section.key for section in parts]
    form.sections.choices = [SelectChoice(s.key, section_title(s)) for s in open_parts]
    form.sensitive.choices = [SelectChoice(s.key, section_title(s)) for s in parts if s.sensitive]
    facts = next((s.content for s in story if s.is_identity), {})
    form.identity.choices = [
        SelectChoice(key, _(name)) for key, name in FACT_NAMES.items() if facts.get(key)
    ]
    form.share.choices = [
        *(SelectChoice(s.share_id, _("Yes, for %(who)s", who=s.terms.recipient)) for s in shares),
        SelectChoice(NO_CODE, _("No QR code")),
    ]
    return form


def holds_all_of(form: PaperForm, share: Share, shared: Sequence[Section]) -> None:
    """Let the form stand as if everything that this share lets out, and its code, was chosen."""
    form.sections.data = [s.key for s in shared if not s.sensitive]
    form.sensitive.data = [s.key for s in shared if s.sensitive]
    known = {choice.value for choice in form.identity.choices}
    form.identity.data = [key for key in share.terms.identity if key in known]
    form.share.data = share.share_id


def section_title(section: Section) -> str:
    """A part's title: the resident's own as it is, one of the catalogue in the page's language."""
    return section.title if section.key.startswith("own-") else _(section.title)


def _is_first(section: Section) -> bool:
    return section.key in FIRST_SCREEN
