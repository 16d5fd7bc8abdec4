"""Databases for this room's tests."""

from tests.databases import database, sqlite_database

__all__ = ["database", "sqlite_database"]
