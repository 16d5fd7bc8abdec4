"""A form that was interrupted because somebody has to sign in first, carried in hidden fields."""

from dataclasses import dataclass

from flask import current_app, request
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import ValidationError

from passport.web.owner_mark import OWNER, is_mine
from passport.web.session_cookie import fresh_form_session
from passport.web.typed_fields import CARRIES, PROVES, typed_fields
from passport.web.typed_words import typed_words

_PREFIX = "carried."
_TOKEN = "csrf_token"  # noqa: S105 (a field's name)


@dataclass(frozen=True)
class CarriedForm:
    """All fields of the interrupted form, under names that can't clash with the sign-in form's.

    `is_returning`: whether they have been round once, so that this request is the sign-in.
    `mark`: which page carries it, that of a sign-in (CARRIES) or of a proof (PROVES).
    """

    fields: list[tuple[str, str]]
    is_returning: bool
    mark: str = CARRIES

    @classmethod
    def from_request(cls, mark: str = CARRIES) -> "CarriedForm":
        """The interrupted form in this request, whether it comes first or comes back.

        A session may end while its owner is asked for proof: then the sign-in carries on what
        that page carried, and never the passphrase that was typed into it.
        """
        fields = typed_fields()
        typed = list(fields.items(multi=True))
        if CARRIES not in fields and PROVES not in fields:
            return cls(typed, is_returning=False, mark=mark)
        carried = [(n[len(_PREFIX) :], value) for n, value in typed if n.startswith(_PREFIX)]
        return cls(carried, is_returning=mark in fields, mark=mark)

    @property
    def holds_words(self) -> bool:
        """Whether something was typed, rather than only a button pressed."""
        return bool(typed_words(self.fields))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields."""
        return [(self.mark, "1"), *((_PREFIX + name, value) for name, value in self.fields)]

    def go_on(self) -> None:
        """Let the rest of this request see the interrupted form as it was sent, token and all."""
        request.form = ImmutableMultiDict(self.fields)

    def take_place_of_request(self) -> None:
        """Let the rest of this request see the interrupted form, in a fresh form session.

        Only a form that was truly hers gets a new token: otherwise another site could post one
        here, let the owner sign in, and so act for her. She is then asked to press once more.
        """
        fields = MultiDict(self.fields)
        was_hers = _is_valid(fields.get(_TOKEN)) and is_mine(fields.get(OWNER))
        fresh_form_session()
        fields[_TOKEN] = generate_csrf() if was_hers else ""
        request.form = ImmutableMultiDict(fields)


def _is_valid(token: str | None) -> bool:
    try:
        validate_csrf(token, time_limit=current_app.config["WTF_CSRF_TIME_LIMIT"])
    except ValidationError:
        return False
    return True
