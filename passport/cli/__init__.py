"""`flask` commands for whoever runs the service."""

import click
from flask import Flask
from flask.cli import AppGroup

from passport.cli.demo import demo
from passport.storage import migrate
from passport.wiring import wiring

database_commands = AppGroup("db", help="The database's shape.")


@database_commands.command("upgrade")
def upgrade() -> None:
    """Run the migrations that the database has not had yet."""
    migrate.upgrade(wiring().database)
    click.echo("The database is up to date.")


@database_commands.command("draft-migration")
@click.argument("message")
def draft_migration(message: str) -> None:
    """Write a migration from what the tables say and the database lacks."""
    migrate.draft(wiring().database, message)


def register(app: Flask) -> None:
    """Add the commands to the application."""
    from passport.cli.audit import audit_commands
    from passport.cli.sweep import sweep
    from passport.cli.trusts import trusts_commands

    app.cli.add_command(audit_commands)
    app.cli.add_command(database_commands)
    app.cli.add_command(demo)
    app.cli.add_command(trusts_commands)
    app.cli.add_command(sweep)
