"""The instance's own secrets: a file only its owner can read, or the environment.

They open no story. Losing the pepper means that nobody finds their passport by name again,
so back the file up, apart from the database.
"""

import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "secrets.json"


class NoSecrets(Exception):
    """There are no usable secrets yet. The message says how to make them."""


@dataclass(frozen=True, repr=False)
class InstanceSecrets:
    """`secret_key` signs the form cookie; `pepper` keys the hashes of names and passcodes."""

    secret_key: bytes
    pepper: bytes


def load_secrets(instance_path: Path, environ: Mapping[str, str]) -> InstanceSecrets:
    """Secrets from `SECRET_KEY` and `PEPPER`, else from the instance folder. Raises NoSecrets."""
    given = {"secret_key": environ.get("SECRET_KEY"), "pepper": environ.get("PEPPER")}
    texts: dict[str, str | None] = {name: text for name, text in given.items() if text}
    if len(texts) < len(given):
        texts = {**_read(instance_path / FILE_NAME), **texts}
    try:
        found = {name: urlsafe_b64decode(str(texts[name])) for name in ("secret_key", "pepper")}
    except (KeyError, ValueError):
        raise NoSecrets("SECRET_KEY and PEPPER must be base64url text.") from None
    if min(len(value) for value in found.values()) < 32:
        raise NoSecrets("SECRET_KEY and PEPPER need at least 32 bytes each.")
    return InstanceSecrets(**found)


def _read(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text()))
    except FileNotFoundError:
        raise NoSecrets(
            f"There is no {FILE_NAME} in the instance folder. Make one with: python -m config"
        ) from None
    except (TypeError, ValueError):
        raise NoSecrets(f"{FILE_NAME} in the instance folder is damaged. Restore it.") from None


def make_secrets(instance_path: Path) -> bool:
    """Write fresh secrets (mode 0600) unless there are some. True if it made them."""
    instance_path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, draft = instance_path / FILE_NAME, instance_path / f".{FILE_NAME}.{os.getpid()}"
    texts = {
        name: urlsafe_b64encode(secrets.token_bytes(32)).decode()
        for name in ("secret_key", "pepper")
    }
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(texts, file)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A hard link appears whole or not at all, and never over secrets that are in use.
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
