"""The one family of errors that services raise and that web and API translate."""


class PassportError(Exception):
    """Something the person can act on. `str(error)` is plain English that says what to do next."""
