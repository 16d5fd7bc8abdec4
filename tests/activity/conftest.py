"""Databases and residents for tests of the record of acts."""

from tests.databases import database, sqlite_database

__all__ = ["database", "sqlite_database"]
