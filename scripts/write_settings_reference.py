"""Write docs/reference/settings.md from the docstrings in config/settings.py.

.venv/bin/python -m scripts.write_settings_reference
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "reference" / "settings.md"
_SOURCE = ROOT / "config" / "settings.py"
_BEGINNING = """# Settings

All settings come from the environment. This page is made from `config/settings.py` by
`scripts/write_settings_reference.py`.

| field of `Settings` | what it is, and how to set it |
|---|---|
"""
_END = """
## Read by the script that starts the service

`make run` starts `scripts/serve.sh`, which reads these too:

| variable | what it is |
|---|---|
| `PORT` | Port on 127.0.0.1 to serve on (8000). Also part of `BASE_URL`'s default. |
| `WEB_WORKERS` | Processes that serve (1). With more than one, set `REDIS_URL`. |
| `WEB_THREADS` | Threads of each process (16 with SQLite, 8 with PostgreSQL). |
| `VENV_BIN` | Folder with the environment's programs (`.venv/bin`). |

## Secrets

`python -m config` makes `secrets.json` in the instance folder, unless it is there. It holds
`secret_key` and `pepper`, each at least 32 bytes in base64url. In the environment, `SECRET_KEY` and
`PEPPER` go before it. Losing the pepper means that nobody finds their passport by name again.
"""


def page() -> str:
    """The whole page, as it should be."""
    rows = (f"| `{name}` | {words} |\n" for name, words in _documented_fields())
    return _BEGINNING + "".join(rows) + _END


def _documented_fields() -> list[tuple[str, str]]:
    tree = ast.parse(_SOURCE.read_text())
    settings = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == "Settings")
    pairs = zip(settings.body, settings.body[1:], strict=False)
    return [
        (ast.unparse(field.target), " ".join(str(words.value.value).split()))
        for field, words in pairs
        if isinstance(field, ast.AnnAssign)
        and isinstance(words, ast.Expr)
        and isinstance(words.value, ast.Constant)
    ]


if __name__ == "__main__":
    PAGE.write_text(page())
