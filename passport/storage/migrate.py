"""Bring a database to the newest shape, with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from passport.storage.database import Database

_MIGRATIONS = Path(__file__).parents[2] / "migrations"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database) -> None:
    """Run the migrations that this database has not had yet."""
    with database.remodel() as connection:
        command.upgrade(_config(connection), "head")


def downgrade(database: Database, revision: str = "base") -> None:
    """Take migrations back, down to `revision`. By default all of them, and every row with them."""
    with database.remodel() as connection:
        command.downgrade(_config(connection), revision)


def draft(database: Database, message: str) -> None:
    """Write a new migration file from what `tables` says and the database lacks."""
    count = len(list(ScriptDirectory.from_config(_config()).walk_revisions()))
    with database.write() as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=f"{count + 1:04d}")


def is_current(database: Database) -> bool:
    """Whether this database has had every migration."""
    newest = ScriptDirectory.from_config(_config()).get_heads()
    with database.read() as connection:
        return set(MigrationContext.configure(connection).get_current_heads()) == set(newest)
