"""Consent: create, refresh, read and revoke a share; links, passcodes, receipts."""
