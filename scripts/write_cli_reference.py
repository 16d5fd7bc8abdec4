"""Write docs/reference/cli.md from the help texts of the `flask` commands.

.venv/bin/python -m scripts.write_cli_reference
"""

from collections.abc import Iterator
from pathlib import Path

import click
from flask import Flask

from passport import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"
PROGRAM = ".venv/bin/flask --app wsgi"
_BEGINNING = f"""# Commands

Run them in the project's folder, with the same environment as the running service:
`{PROGRAM} <command>`. This page is made from the commands' own help by
`scripts/write_cli_reference.py`.
"""
_END = """
## Besides

`.venv/bin/python -m config` makes the instance folder and fresh secrets, unless there are some.
`.venv/bin/python -m passport.trusts.client --help` is `flask trusts fetch` by itself, for a machine
that does not run the service. `make help` lists what `make` can do.
"""


def page() -> str:
    """The whole page, as it should be."""
    commands = sorted(leaf_commands())
    return _BEGINNING + "".join(_described(name, leaf) for name, leaf in commands) + _END


def leaf_commands() -> Iterator[tuple[str, click.Command]]:
    """Every command of ours with its whole name, such as `trusts add`."""
    app = Flask(__name__)
    cli.register(app)
    yield from _leaves("", app.cli)


def _leaves(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield name, command
        return
    for child_name, child in command.commands.items():
        yield from _leaves(f"{name} {child_name}".strip(), child)


def _described(name: str, command: click.Command) -> str:
    words = " ".join((command.help or "").split())
    arguments = "".join(
        f" {p.make_metavar(click.Context(command))}"
        for p in command.params
        if isinstance(p, click.Argument)
    )
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = "".join(f"| `{option.opts[0]}` | {_about(option)} |\n" for option in options)
    table = f"\n| option | |\n|---|---|\n{rows}" if rows else ""
    return f"\n## `flask {name}{arguments}`\n\n{words}\n{table}"


def _about(option: click.Option) -> str:
    words = option.help or "A path."
    return f"{words} Required." if option.required else words


if __name__ == "__main__":
    PAGE.write_text(page())
