"""What was typed into a form: named texts, as many as a person can fill in."""

from flask import abort, request
from werkzeug.datastructures import MultiDict

MOST_FIELDS = 2000
CARRIES = "carries"
PROVES = "proves"
_OF_THE_SIGN_IN = 10


def typed_fields() -> MultiDict[str, str]:
    """The fields of this request's form. No files, and no JSON, whose values may be no texts.

    Ends the request if a field has no name (400) or if there are more than any form of ours
    has (413): each costs far more to make into a page than to send.
    """
    fields = request.form
    # A form that is carried round a sign-in comes back with that one's fields.
    most = MOST_FIELDS + (_OF_THE_SIGN_IN if {CARRIES, PROVES} & set(fields) else 0)
    if None in fields:
        abort(400)
    if sum(len(values) for values in fields.listvalues()) > most:
        abort(413)
    return fields
