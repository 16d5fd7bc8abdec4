"""`flask demo`: an invented resident, her shares and an organisation, to look around with."""

import json
import secrets
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import update

from passport import clock
from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.accounts.slots import unconfirmed_recovery_code
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import pause_share, revoke_share
from passport.sharing.create_share import create_share
from passport.sharing.save_section import save_section
from passport.sharing.share import Share, ShareTerms
from passport.sharing.shlink import link_of, viewer_link
from passport.storage import tables
from passport.story import example
from passport.story.catalogue import CATALOGUE, FIRST_SCREEN, IDENTITY
from passport.story.sections import new_own_key
from passport.trusts.grant_share import share_with_organisation
from passport.trusts.make_keys import (
    HPKE_PRIVATE,
    HPKE_PUBLIC,
    JWKS,
    PRIVATE_JWK,
    from_base64url,
    make_keys,
)
from passport.trusts.organisations import register_organisation
from passport.wiring import Wiring, wiring

THROWAWAYS = ("throwaway", "throwaway2", "throwaway3")
FOR_A_VISIT = ("people", "support")
YESTERDAY_SECONDS = 24 * 60 * 60


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--keys-into",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the organisation's keys in this folder, as `trusts fetch` reads them.",
)
@with_appcontext
def demo(as_json: bool, keys_into: Path | None) -> None:
    """Make an invented resident with shares of each kind. Refuses in production."""
    wired = wiring()
    if wired.settings.is_production:
        raise click.ClickException("A demo has no place among real stories: this is production.")
    with TemporaryDirectory() as folder:
        try:
            keys = make_keys(keys_into or Path(folder))
        except FileExistsError as error:
            raise click.ClickException(str(error)) from None
        made = _make(wired, keys[0].parent)
    click.echo(json.dumps(made) if as_json else json.dumps(made, indent=2))


def _make(wired: Wiring, keys: Path) -> dict[str, Any]:
    resident, passport, own_key = _resident(wired)
    others = [kind.key for kind in CATALOGUE if kind.key not in FIRST_SCREEN]
    terms = ShareTerms(
        recipient="Ward 7, Marlbrook General",
        sections=(*FIRST_SCREEN, *others, own_key),
        identity=tuple(part.key for part in IDENTITY.parts),
        sensitive=example.SENSITIVE,
        duration="month",
    )
    return {
        "base_url": wired.settings.base_url,
        "resident": resident,
        "shares": _shares(wired, passport, terms),
        "organisation": _organisation(wired, passport, terms, keys),
    }


def _resident(wired: Wiring) -> tuple[dict[str, str], UnlockedPassport, str]:
    name = f"rosa-{secrets.token_hex(3)}"
    passphrase = f"lantern beans alto {secrets.token_hex(3)}"
    cookie = sign_up(wired.database, wired.pepper, wired.argon2, name, passphrase)
    passport = open_session(wired.database, cookie)
    if passport is None:
        raise click.ClickException("The session that was just made is gone: is the clock right?")
    code = unconfirmed_recovery_code(wired.database, passport) or ""
    own_key = new_own_key()
    for draft in example.drafts(own_key):
        save_section(wired.database, passport, draft, based_on=0)
    resident = {"sign_in_name": name, "passphrase": passphrase, "recovery_code": code}
    return resident, passport, own_key


def _shares(
    wired: Wiring, passport: UnlockedPassport, terms: ShareTerms
) -> dict[str, dict[str, str]]:
    short = replace(terms, sections=(*FIRST_SCREEN, *FOR_A_VISIT), sensitive=())
    locked, direct = replace(terms, with_passcode=True), replace(terms, is_direct=True)
    wanted = {
        "open": terms,
        "short": short,
        "passcode": locked,
        **dict.fromkeys(THROWAWAYS, locked),
    }
    wanted |= {"expired": locked, "paused": terms, "revoked": terms}
    wanted |= {"direct": direct, "expired_direct": direct, "revoked_direct": direct}
    described = {}
    for name, chosen in wanted.items():
        # Named after what it shows, so that the page of shares can be looked around in.
        chosen = replace(chosen, recipient=f"{chosen.recipient} ({name.replace('_', ', ')})")
        share = create_share(wired.database, wired.pepper, passport, chosen)
        described[name] = _described(share, wired.settings.base_url)
        if name.startswith("expired"):
            _expire(wired, share)
        if name == "paused":
            pause_share(wired.database, passport, share.share_id)
        if name.startswith("revoked"):
            revoke_share(wired.database, passport, share.share_id)
    return described


def _described(share: Share, base_url: str) -> dict[str, str]:
    link = link_of(share, base_url)
    if link is None:
        raise click.ClickException("A new share has no link.")
    described = {"link": viewer_link(link, base_url)}
    return described | ({"passcode": share.passcode} if share.passcode else {})


def _expire(wired: Wiring, share: Share) -> None:
    shares = tables.shares
    with wired.database.write() as connection:
        connection.execute(
            update(shares)
            .where(shares.c.share_id == share.share_id)
            .values(expires_at=clock.epoch() - YESTERDAY_SECONDS)
        )


def _organisation(
    wired: Wiring, passport: UnlockedPassport, terms: ShareTerms, keys: Path
) -> dict[str, object]:
    organisation = register_organisation(
        wired.database,
        f"Riverside Trust {secrets.token_hex(3)}",
        json.loads((keys / JWKS).read_text()),
        from_base64url((keys / HPKE_PUBLIC).read_text().strip()),
    )
    base_url = wired.settings.base_url
    share_with_organisation(
        wired.database,
        wired.pepper,
        passport,
        replace(terms, recipient=organisation.name),
        organisation.organisation_id,
        base_url,
    )
    return {
        "name": organisation.name,
        "client_id": organisation.organisation_id,
        "token_url": f"{base_url}/api/trusts/v1/token",
        "grants_url": f"{base_url}/api/trusts/v1/grants",
        "private_jwk": json.loads((keys / PRIVATE_JWK).read_text()),
        "hpke_private_key": (keys / HPKE_PRIVATE).read_text().strip(),
    }
