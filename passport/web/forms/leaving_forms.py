"""Forms for taking a story out, bringing it in, and erasing it."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, FileField, HiddenField
from wtforms.validators import InputRequired

from passport.web.forms.passport_form import PassportForm


class ExportForm(PassportForm):
    """Which of the two files to make: its two buttons have the name `kind`."""


class ImportForm(PassportForm):
    """A file. Forms hold texts only, so the page looks for it itself."""

    file = FileField(
        _("Choose the file"),
        description=_("Its name ends in .json. You saved it from a Story Passport."),
    )


class EraseForm(PassportForm):
    """A tick, and then a second press."""

    sure = BooleanField(
        _("I understand that nobody can bring my passport back"),
        [InputRequired(_("Tick the box if you want to erase your passport."))],
    )


class ReceiptForm(PassportForm):
    """The receipt that the service no longer has, sent back to be saved as a file."""

    receipt = HiddenField()
