"""`flask trusts`: organisations that residents may share with, and the program they receive by."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from passport.errors import PassportError
from passport.trusts import organisations
from passport.trusts.client import fetch
from passport.trusts.make_keys import from_base64url, make_keys
from passport.wiring import wiring

trusts_commands = AppGroup("trusts", help="Organisations that residents may share with.")
trusts_commands.add_command(fetch)

_file = click.Path(path_type=Path, exists=True, dir_okay=False)


@trusts_commands.command("add")
@click.option("--name", required=True, help="As residents know it.")
@click.option("--jwks", required=True, type=_file, help="Its public signing keys, a JWK Set.")
@click.option("--hpke-public-key", required=True, type=_file, help="In base64url.")
def add(name: str, jwks: Path, hpke_public_key: Path) -> None:
    """Register an organisation by its public keys; prints its client id."""
    try:
        keys = json.loads(jwks.read_text())
        public_key = from_base64url(hpke_public_key.read_text().strip())
    except (ValueError, RecursionError):
        raise click.ClickException("A key file can't be read: is it the right one?") from None
    try:
        added = organisations.register_organisation(wiring().database, name, keys, public_key)
    except PassportError as error:
        raise click.ClickException(str(error)) from error
    click.echo(added.organisation_id)


@trusts_commands.command("list")
def list_() -> None:
    """Print the registered organisations: client id and name."""
    for organisation in organisations.list_organisations(wiring().database):
        click.echo(f"{organisation.organisation_id}  {organisation.name}")


@trusts_commands.command("keygen", with_appcontext=False)
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False))
def keygen(out: Path) -> None:
    """Make an organisation's keys, on a machine of that organisation."""
    try:
        for path in make_keys(out):
            click.echo(path)
    except FileExistsError as error:
        raise click.ClickException(str(error)) from error
