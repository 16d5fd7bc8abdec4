"""The catalogues of languages, for tests."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

from babel.messages.catalog import Catalog

ROOT = Path(__file__).parents[2]


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


messages = _script()


@cache
def said() -> Catalog:
    """Every text that pages say today."""
    return messages.extracted()


def texts() -> list[str]:
    """Every English text, singular and plural."""
    found = []
    for message in said():
        if message.id:
            found += [message.id] if isinstance(message.id, str) else list(message.id)
    return found
