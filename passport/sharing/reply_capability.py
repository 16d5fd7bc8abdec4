"""What lets a reader answer: given out with a manifest, and good for one reading and some hours.

It is text that this service authenticated with HMAC-SHA256: which share, which receipt, who reads
in their own words, which organisation proved itself, and when. Whoever answers sends it back, so
that making it costs a read one HMAC and no statement.
"""

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from passport import clock
from passport.crypto.pepper import Pepper
from passport.sharing.addresses import lookup_of
from passport.sharing.errors import MayNotReply
from passport.sharing.receipts import Reader

GOOD_FOR_SECONDS = 12 * 60 * 60
"""Whoever read at the beginning of a long shift can say at its end what they did."""
LONGEST_CAPABILITY = 3000


@dataclass(frozen=True)
class Answerable:
    """A reading that may be answered."""

    address_lookup: bytes
    receipt_id: str
    reader: Reader


def capability_for(pepper: Pepper, address: str, receipt_id: str, reader: Reader) -> str:
    """The capability to answer this reading of the share at this address."""
    lookup = _encoded(lookup_of(address))
    values = [lookup, receipt_id, reader.recipient, reader.verified_as, clock.epoch()]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{_encoded(text)}.{_encoded(pepper.reply_proof(text))}"


def answerable(pepper: Pepper, capability: str) -> Answerable:
    """Which reading a capability is for. Raises MayNotReply if it is not ours, or too old."""
    try:
        text, proof = (_decoded(part) for part in capability.split("."))
    except ValueError:
        raise MayNotReply from None
    if not hmac.compare_digest(pepper.reply_proof(text), proof):
        raise MayNotReply
    lookup, receipt_id, recipient, verified_as, given_at = json.loads(text)
    if clock.epoch() - given_at > GOOD_FOR_SECONDS:
        raise MayNotReply
    return Answerable(_decoded(lookup), receipt_id, Reader(recipient, verified_as))


def _encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
