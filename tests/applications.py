"""Applications for tests: the real one, with settings of a test's own."""

from pathlib import Path

from flask import Flask

from config.secrets_file import InstanceSecrets
from config.settings import Settings
from passport import create_app
from passport.storage import migrate
from passport.wiring import wiring

BASE_URL = "http://localhost"


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
    }
    app = create_app(Settings(**(values | changed)))  # type: ignore[arg-type]
    with app.app_context():
        migrate.upgrade(wiring().database)
    return app
