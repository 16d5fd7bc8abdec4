"""Bytes in, bytes out: every key, envelope and sealed box of the service.

Knows neither Flask nor SQLAlchemy. The formats are written down in docs/explanation/keys.md.
"""
