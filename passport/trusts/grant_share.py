"""Share by grant: the same link as any share's, sealed to one organisation's public key."""

from dataclasses import replace

from sqlalchemy import Connection, insert, update

from passport import clock
from passport.crypto.hybrid_box import seal_to
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.create_share import made_already, make_share
from passport.sharing.share import Share, ShareTerms
from passport.sharing.shlink import link_of
from passport.storage import tables
from passport.storage.database import Database
from passport.trusts.errors import UnknownOrganisation
from passport.trusts.grant_place import grant_place
from passport.trusts.organisations import Organisation, organisation_in


def share_with_organisation(
    database: Database,
    pepper: Pepper,
    passport: UnlockedPassport,
    terms: ShareTerms,
    organisation_id: str,
    base_url: str,
    once: str = "",
) -> Share:
    """Make a share and leave its link where that organisation finds it, or do neither.

    A grant never has a passcode, whatever the terms say: the seal already says who may open
    it. Asked twice with the same `once`, it shares only once. Raises UnknownOrganisation and what
    `create_share` raises.
    """
    passport.access.require("share", *terms.section_keys)
    with database.write() as connection:
        organisation = organisation_in(connection, organisation_id)
        if organisation is None:
            raise UnknownOrganisation
        if found := made_already(connection, passport, once):
            return found
        terms = replace(terms, recipient=terms.recipient or organisation.name, with_passcode=False)
        share = make_share(connection, pepper, passport, terms, organisation.name, once)
        _leave_grant(connection, organisation, passport, share, base_url)
    return share


def _leave_grant(
    connection: Connection,
    organisation: Organisation,
    passport: UnlockedPassport,
    share: Share,
    base_url: str,
) -> None:
    link = link_of(share, base_url)
    if link is None:
        raise ValueError("a new share has a link")
    number = _next_number(connection, organisation.organisation_id)
    place = grant_place(organisation.organisation_id, number)
    connection.execute(
        insert(tables.grants).values(
            organisation_id=organisation.organisation_id,
            number=number,
            passport_id=passport.passport_id,
            share_id=share.share_id,
            sealed_link=seal_to(organisation.hpke_public_key, link.to_uri().encode(), place),
            created_at=clock.epoch(),
        )
    )


def _next_number(connection: Connection, organisation_id: str) -> int:
    # This holds the organisation's row until the commit, so numbers become visible in their
    # own order. A sequence would not: grant 8 could be listed before grant 7 commits, and a
    # cursor that has passed 8 would never show 7.
    organisations = tables.organisations
    number = connection.execute(
        update(organisations)
        .where(organisations.c.organisation_id == organisation_id)
        .values(last_grant=organisations.c.last_grant + 1)
        .returning(organisations.c.last_grant)
    ).scalar_one_or_none()
    if number is None:
        raise UnknownOrganisation
    return int(number)
