"""Runs migrations inside a connection that `passport.storage.migrate` opened."""

from typing import Any, Literal

from alembic import context

from passport.storage.column_types import Ciphertext
from passport.storage.tables import metadata


def _render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    # A migration stands on its own: it must still run when the application's types have changed.
    return "sa.LargeBinary()" if kind == "type" and isinstance(item, Ciphertext) else False


def run() -> None:
    """Bring the connected database to the wanted revision."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
