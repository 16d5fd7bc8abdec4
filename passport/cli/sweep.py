"""`flask sweep`: finish what a crash left, or an old backup brought back, of erased passports."""

import click
from flask.cli import with_appcontext

from passport.leaving.erase import sweep as sweep_erased
from passport.wiring import wiring


@click.command()
@with_appcontext
def sweep() -> None:
    """Delete what is left of erased passports, after a crash or from an old backup.

    Run it each time the service starts and after a backup was put back.
    """
    swept = sweep_erased(wiring().database)
    if not swept:
        click.echo("Nothing is left over.")
    elif swept == 1:
        click.echo("1 erased passport was still there and is gone now.")
    else:
        click.echo(f"{swept} erased passports were still there and are gone now.")
