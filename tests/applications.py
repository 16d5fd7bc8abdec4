"""Applications for tests: the real one, with settings of a test's own."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from flask import Flask

from config.secrets_file import InstanceSecrets
from config.settings import Settings
from passport import create_app
from passport.storage import migrate
from passport.storage.database import Database
from passport.wiring import wiring

BASE_URL = "http://localhost"


@cache
def _migrated() -> Path:
    """An empty, migrated SQLite database: a thousand tests begin with a copy of it."""
    folder = Path(tempfile.mkdtemp(prefix="passport-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = Database(f"sqlite:///{folder}/passport.sqlite")
    migrate.upgrade(database)
    database.close()
    return folder / "passport.sqlite"


def make_app(instance_path: Path, **changed: object) -> Flask:
    """An application with an empty, migrated SQLite database in `instance_path`."""
    values: dict[str, object] = {
        "environment": "testing",
        "base_url": BASE_URL,
        "database_url": f"sqlite:///{instance_path}/passport.sqlite",
        "erasure_database_url": f"sqlite:///{instance_path}/erasure.sqlite",
        "instance_path": instance_path,
        "secrets": InstanceSecrets(b"s" * 32, b"p" * 32),
        "argon2_memory_kib": 64,
        "rate_limits": False,
        # Nobody pulls the plug; tests/faults, which ask what a crash leaves, start real services.
        "sqlite_synchronous": "OFF",
    }
    if not (instance_path / "passport.sqlite").exists():
        shutil.copy(_migrated(), instance_path / "passport.sqlite")
    app = create_app(Settings(**(values | changed)))  # type: ignore[arg-type]
    if "database_url" in changed:
        with app.app_context():
            migrate.upgrade(wiring().database)
    return app
