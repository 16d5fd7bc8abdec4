"""Hypothesis without its stop-watch: a busy machine is no failure. Import it in a conftest."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
