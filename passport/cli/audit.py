"""`flask audit`: whether the records of what was done hold together, without reading them."""

import click
from flask.cli import AppGroup

from passport.activity.verify import verify
from passport.wiring import wiring

audit_commands = AppGroup("audit", help="The records of what was done.")


@audit_commands.command("verify")
@click.option("--passport", "passport_id", help="Check this passport alone, by its id.")
def verify_(passport_id: str | None) -> None:
    """Check the chains of all records without reading them. Ends with 1 if any is broken."""
    passports = entries = broken = 0
    for found in verify(wiring().database, passport_id):
        passports, entries = passports + 1, entries + found.entries
        for place in found.broken:
            broken += 1
            click.echo(f"{place.passport_id}  entry {place.number}: {place.what}")
    if passport_id and not passports:
        raise click.ClickException("There is no passport with this id.")
    click.echo(f"Checked: {passports} passports, {entries} entries. Broken places: {broken}.")
    if broken:
        raise SystemExit(1)
