"""The resident's inbox: the service can add to it and can't read it.

One HPKE encapsulation serves the receipts of the same inbox for a minute, because it is the
dearest step of a clinician's read. Format 1: `0x01 ‖ length (2 bytes) ‖ box with the batch key
‖ envelope under the batch key`, so that every item still opens by itself.
"""

import os
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from passport.crypto import envelope, hybrid_box, labels
from passport.crypto.derivation import KEY_BYTES
from passport.crypto.envelope import CannotOpen
from passport.crypto.padding import pad, unpad
from passport.crypto.place import Place

VERSION = b"\x01"
BATCH_SECONDS = 60
_MOST_BATCHES = 2048


@dataclass(frozen=True, repr=False)
class _Batch:
    key: bytes
    boxed_key: bytes
    until: float


class InboxSealer:
    """Seals items to inboxes. One per process; safe to use from many threads."""

    def __init__(self) -> None:
        self._batches: OrderedDict[tuple[str, bytes], _Batch] = OrderedDict()
        self._lock = Lock()

    def seal(self, public_key: bytes, plaintext: bytes, place: Place) -> bytes:
        """Plaintext that only the inbox's owner opens, in `place` only."""
        batch = self._batch(public_key, place.passport_id)
        length = len(batch.boxed_key).to_bytes(2, "big")
        return VERSION + length + batch.boxed_key + envelope.seal(batch.key, pad(plaintext), place)

    def _batch(self, public_key: bytes, passport_id: str) -> _Batch:
        inbox = (passport_id, public_key)
        with self._lock:
            batch = self._batches.get(inbox)
            if batch is None or batch.until < time.monotonic():
                batch = self._batches[inbox] = _new_batch(public_key, passport_id)
                self._batches.move_to_end(inbox)
                if len(self._batches) > _MOST_BATCHES:
                    self._batches.popitem(last=False)
            return batch


def _new_batch(public_key: bytes, passport_id: str) -> _Batch:
    key = os.urandom(KEY_BYTES)
    boxed = hybrid_box.seal_to(public_key, key, _batch_place(passport_id))
    return _Batch(key, boxed, time.monotonic() + BATCH_SECONDS)


def _batch_place(passport_id: str) -> Place:
    return Place(labels.INBOX_BATCH, passport_id, "")


def open_item(private_key: bytes, sealed: bytes, place: Place) -> bytes:
    """The plaintext of an inbox item. Raises CannotOpen."""
    if sealed[:1] != VERSION:
        raise CannotOpen("not an inbox item of a version this service knows")
    end = 3 + int.from_bytes(sealed[1:3], "big")
    batch_key = hybrid_box.open_box(private_key, sealed[3:end], _batch_place(place.passport_id))
    return unpad(envelope.open_sealed(batch_key, sealed[end:], place))
