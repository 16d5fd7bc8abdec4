"""A thank-you from the resident, for the one device that a reader answered from.

Its words are under the share's key, which the service does not have, and are found by the hash of
a secret that only that device made and keeps. So whoever else has the link does not find it, and
whoever finds it cannot read it without the link.
"""

import json
from base64 import urlsafe_b64encode
from hashlib import sha256

from sqlalchemy import Connection, delete, insert, select

from passport import clock
from passport.crypto.envelope import CannotOpen
from passport.crypto.padding import pad_json
from passport.crypto.share_file import decode_key, encrypt_file, open_file, seal_file
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.reply import Reply
from passport.sharing.share import Share
from passport.storage import tables
from passport.storage.database import Database

LONGEST_THANKS = 500
MOST_FETCHED = 20
_thanks = tables.thanks


def lookup_of_secret(secret: str) -> str:
    """What a device sends with its answer: SHA-256 of its secret, as base64url."""
    return urlsafe_b64encode(sha256(secret.encode()).digest()).decode().rstrip("=")


def keep_thanks(
    connection: Connection, passport: UnlockedPassport, share: Share, reply: Reply, words: str
) -> None:
    """Seal a thank-you for whoever gave this reply; it takes the place of an earlier one."""
    secrets = share.record.secrets
    if secrets is None or not reply.given.thanks_to:
        return
    text = json.dumps({"words": words, "at": clock.epoch()}, ensure_ascii=False).encode()
    jwe = encrypt_file(decode_key(secrets.share_key), pad_json(text), "application/json")
    mine = {
        "passport_id": passport.passport_id,
        "share_id": share.share_id,
        "reply_id": reply.reply_id,
    }
    connection.execute(delete(_thanks).where(*(_thanks.c[k] == v for k, v in mine.items())))
    connection.execute(
        insert(_thanks).values(
            **mine,
            thanks_lookup=reply.given.thanks_to.encode(),
            sealed_jwe=seal_file(passport.key.erasure_key, jwe, share.share_id, reply.reply_id),
            created_at=clock.epoch(),
        )
    )


def fetch_thanks(database: Database, secret: str) -> list[str]:
    """The thank-yous for the device with this secret, oldest first, each a compact JWE."""
    lookup = lookup_of_secret(secret).encode()
    with database.read() as connection:
        rows = connection.execute(
            select(_thanks)
            .where(_thanks.c.thanks_lookup == lookup)
            .order_by(_thanks.c.created_at, _thanks.c.reply_id)
            .limit(MOST_FETCHED)
        ).all()
    found = []
    for row in rows:
        erasure_key = database.erasure_keys.find(row.passport_id)
        try:
            found.append(open_file(erasure_key, row.sealed_jwe, row.share_id, row.reply_id))
        except CannotOpen:
            # Its passport has just been erased.
            continue
    return found
