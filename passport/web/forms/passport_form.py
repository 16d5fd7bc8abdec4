"""What all our forms share: a token against forgery, and plain words when it is too old."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from passport.errors import PassportError
from passport.web.error_words import error_words
from passport.web.typed_fields import typed_fields

OPEN_TOO_LONG = _("This page was open for a long time. Nothing is lost. Press the button again.")


class PassportForm(FlaskForm):
    """A form whose token is checked like any field; when it fails, all that was typed stays."""

    class Meta(FlaskForm.Meta):
        """What Flask-WTF asks about every form."""

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> MultiDict[str, str] | None:
            """The texts that were typed, unless the form was given others, or none, to hold."""
            if formdata is None or isinstance(formdata, MultiDict):
                return formdata
            return (typed_fields() or None) if form.is_submitted() else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Check all fields. A wrong token is said in plain words."""
        valid = super().validate(extra_validators)
        if "csrf_token" in self and self.csrf_token.errors:
            self.csrf_token.errors = [OPEN_TOO_LONG]
        return bool(valid)

    def add_problem(self, text: object) -> None:
        """Say what is wrong with the form as a whole."""
        words = error_words(text) if isinstance(text, PassportError) else str(text)
        self.form_errors.append(words)


class PressForm(PassportForm):
    """A button on its own."""
