"""Settings of one running instance: from the environment, with secrets from its instance folder.

Every setting is documented here and nowhere else; docs/reference/settings.md is made from it.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from config.secrets_file import InstanceSecrets, load_secrets

ENVIRONMENTS = ("development", "testing", "production")
# A SMART Health Link's `url` has at most 128 characters; 48 of them are the share's own.
LONGEST_BASE_URL = 80


class SettingsError(Exception):
    """The configuration can't work. The message says what to change."""


@dataclass(frozen=True)
class Settings:
    """One instance's settings. `load_settings` makes it from the environment."""

    environment: str
    """`PASSPORT_ENV`: development (default), testing or production."""
    base_url: str
    """`BASE_URL`: where people reach the service, such as https://passport.example"""
    database_url: str
    """`DATABASE_URL`: SQLAlchemy address; SQLite in the instance folder by default."""
    instance_path: Path
    """`INSTANCE_PATH`: folder of this instance's database and secrets (default ./instance)."""
    secrets: InstanceSecrets = field(repr=False)
    """From `instance/secrets.json`, or `SECRET_KEY` and `PEPPER` in the environment."""
    erasure_database_url: str | None = None
    """`ERASURE_DATABASE_URL`: where erasure keys are kept, apart from the database and never in
    its backups; SQLite in the instance folder by default."""
    redis_url: str | None = None
    """`REDIS_URL`: where several processes count rate limits together. Without it, in memory."""
    trusted_proxies: int = 0
    """`TRUSTED_PROXIES`: how many proxies in front set X-Forwarded-For and -Proto (default 0)."""
    argon2_memory_kib: int = 65536
    """`ARGON2_MEMORY_KIB`: memory for one passphrase guess (65536; less in tests only)."""
    rate_limits: bool = True
    """`RATE_LIMITS`: `off` for load tests only; refused in production."""
    read_limit: str = "600 per minute"
    """`READ_LIMIT`: how often one address may read one share."""
    quick_exit_url: str = "https://www.bbc.co.uk/weather"
    """`QUICK_EXIT_URL`: where "Leave this page quickly" leads, such as a page about the weather."""
    contact: str = ""
    """`CONTACT`: how people reach whoever runs the service, such as an email address. The page
    about complaints says it."""
    sqlite_synchronous: str = "FULL"
    """`SQLITE_SYNCHRONOUS`: FULL survives a power cut, NORMAL only a crash of the process."""

    @property
    def is_production(self) -> bool:
        """Whether real people's stories may be in here."""
        return self.environment == "production"

    @property
    def is_https(self) -> bool:
        """Whether people reach the service over TLS."""
        return self.base_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Scheme, host and port of the service."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings that the environment asks for. Raises SettingsError, in words that help."""
    environment = environ.get("PASSPORT_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise SettingsError(
            f"PASSPORT_ENV is {environment!r}; use one of {', '.join(ENVIRONMENTS)}."
        )
    instance_path = Path(environ.get("INSTANCE_PATH", "instance")).resolve()
    settings = Settings(
        environment=environment,
        base_url=_base_url(environ, environment),
        database_url=environ.get("DATABASE_URL") or f"sqlite:///{instance_path}/passport.sqlite",
        instance_path=instance_path,
        erasure_database_url=environ.get("ERASURE_DATABASE_URL")
        or f"sqlite:///{instance_path}/erasure.sqlite",
        secrets=load_secrets(instance_path, environ),
        redis_url=environ.get("REDIS_URL") or None,
        trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
        argon2_memory_kib=_whole_number(environ, "ARGON2_MEMORY_KIB", 65536),
        rate_limits=environ.get("RATE_LIMITS", "on") != "off",
        read_limit=environ.get("READ_LIMIT") or "600 per minute",
        quick_exit_url=_quick_exit_url(environ),
        contact=environ.get("CONTACT", "").strip(),
        sqlite_synchronous=environ.get("SQLITE_SYNCHRONOUS", "FULL").upper(),
    )
    _refuse_what_cannot_work(settings)
    return settings


def _base_url(environ: Mapping[str, str], environment: str) -> str:
    default = f"http://127.0.0.1:{environ.get('PORT', '8000')}"
    base_url = (environ.get("BASE_URL") or default).rstrip("/")
    if not _is_address(base_url):
        raise SettingsError("BASE_URL must be an address such as https://passport.example")
    if len(base_url) > LONGEST_BASE_URL:
        raise SettingsError(
            f"BASE_URL must have no more than {LONGEST_BASE_URL} characters, "
            "or no health link of this service would be valid."
        )
    parts = urlsplit(base_url)
    if environment == "production" and parts.scheme != "https":
        raise SettingsError(
            "BASE_URL must begin with https:// in production: set it to where "
            "people reach the service."
        )
    return base_url


def _quick_exit_url(environ: Mapping[str, str]) -> str:
    url = environ.get("QUICK_EXIT_URL") or Settings.quick_exit_url
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise SettingsError("QUICK_EXIT_URL must be an address that begins with https://")
    return url


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and port_is_a_number
        and not (parts.query or parts.fragment)
    )


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise SettingsError(f"{name} is {text!r}; use a whole number.")
    return int(text)


def _refuse_what_cannot_work(settings: Settings) -> None:
    if settings.sqlite_synchronous not in ("FULL", "NORMAL", "EXTRA"):
        raise SettingsError("SQLITE_SYNCHRONOUS must be FULL, NORMAL or EXTRA.")
    if not settings.is_production:
        return
    if settings.argon2_memory_kib < 65536:
        raise SettingsError("ARGON2_MEMORY_KIB must be at least 65536 in production.")
    if not settings.rate_limits:
        raise SettingsError("RATE_LIMITS can't be off in production.")
