"""No stop-watch for this room's properties."""

import tests.pace  # noqa: F401
