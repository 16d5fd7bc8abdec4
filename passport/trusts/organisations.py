"""Organisations that may receive shares: who they are, and the public halves of their keys."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select
from sqlalchemy.exc import IntegrityError

from passport import clock
from passport.crypto import hybrid_box, labels
from passport.crypto.place import Place
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.story.text_rules import LONGEST_LINE, clean_line
from passport.trusts.errors import NotRegistrable
from passport.trusts.signing_keys import check_jwks

_organisations = tables.organisations


@dataclass(frozen=True)
class Organisation:
    """A registered organisation. `organisation_id` is also its OAuth 2 client id."""

    organisation_id: str
    name: str
    jwks: dict[str, Any]
    hpke_public_key: bytes


def register_organisation(
    database: Database, name: str, jwks: Any, hpke_public_key: bytes
) -> Organisation:
    """Let an organisation in, by its public keys.

    `jwks` is a JWK Set with what it signs by (RFC 7517), `hpke_public_key` 1,216 bytes.
    Raises NotRegistrable.
    """
    organisation = Organisation(
        new_id(), _checked_name(name), check_jwks(jwks), _checked_hpke_key(hpke_public_key)
    )
    try:
        with database.write() as connection:
            _refuse_lookalike(connection, organisation.name)
            connection.execute(insert(_organisations).values(_row(organisation)))
    except IntegrityError:
        raise _name_taken() from None
    return organisation


def list_organisations(database: Database) -> list[Organisation]:
    """Every registered organisation, by name."""
    with database.read() as connection:
        rows = connection.execute(select(_organisations)).all()
    return sorted(map(_opened, rows), key=lambda organisation: organisation.name.casefold())


def find_organisation(database: Database, organisation_id: str) -> Organisation | None:
    """One organisation; None if there is none with this id."""
    with database.read() as connection:
        return organisation_in(connection, organisation_id)


def organisation_in(connection: Connection, organisation_id: str) -> Organisation | None:
    """`find_organisation` inside the caller's transaction."""
    if not is_id(organisation_id):
        return None
    query = select(_organisations).where(_organisations.c.organisation_id == organisation_id)
    row = connection.execute(query).first()
    return None if row is None else _opened(row)


def _checked_name(name: str) -> str:
    name = clean_line(name)
    if not name:
        raise NotRegistrable("Give the organisation's name, as residents know it.")
    if len(name) > LONGEST_LINE:
        raise NotRegistrable(f"Use no more than {LONGEST_LINE} letters for the name.")
    return name


def _checked_hpke_key(public_key: bytes) -> bytes:
    try:
        # The only full check of a public key is to use it.
        hybrid_box.seal_to(public_key, b"", Place(labels.GRANT, "", ""))
    except ValueError:
        raise NotRegistrable(
            f"The HPKE public key is not right: it must be {hybrid_box.PUBLIC_KEY_BYTES} bytes, "
            "ML-KEM-768 followed by X25519."
        ) from None
    return public_key


def _refuse_lookalike(connection: Connection, name: str) -> None:
    names = connection.execute(select(_organisations.c.name)).scalars()
    if _compared(name) in map(_compared, names):
        raise _name_taken()


def _compared(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _name_taken() -> NotRegistrable:
    return NotRegistrable("There is an organisation of that name already. Choose another name.")


def _row(organisation: Organisation) -> dict[str, object]:
    return {
        "organisation_id": organisation.organisation_id,
        "name": organisation.name,
        "jwks": organisation.jwks,
        "hpke_public_key": organisation.hpke_public_key,
        "last_grant": 0,
        "created_at": clock.epoch(),
    }


def _opened(row: Row[Any]) -> Organisation:
    return Organisation(row.organisation_id, row.name, row.jwks, row.hpke_public_key)
