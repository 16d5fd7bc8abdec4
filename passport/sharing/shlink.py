"""Write and read SMART Health Links (HL7 SMART Health Cards and Links 1.0.0, "Links")."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any
from urllib.parse import urlsplit

from passport.crypto.share_file import decode_key
from passport.errors import PassportError
from passport.sharing.share import Share
from passport.words_to_translate import N_

SCHEME = "shlink:/"
LABEL = "Story Passport"
LONGEST_URL, LONGEST_LABEL = 128, 80
DAMAGED = N_("This health link is damaged. Copy the whole link again.")
MOST_LINES = 100
_PAYLOAD = re.compile(r"[A-Za-z0-9_\-\s>]*")
_LINE_BREAK = re.compile(r"[\s>]+")


class NotALink(PassportError):
    """A text that is no SMART Health Link this service can read. Says why."""


@dataclass(frozen=True, repr=False)
class Shlink:
    """What a link says: where its manifest is, the key, and flags in alphabetical order."""

    url: str
    key: str
    flag: str = ""
    exp: int | None = None
    label: str = ""
    is_emergency: bool = False
    may_hand_over: bool = False

    @property
    def needs_passcode(self) -> bool:
        """Flag `P`."""
        return "P" in self.flag

    @property
    def is_direct(self) -> bool:
        """Flag `U`: `url` answers a GET with the one encrypted file."""
        return "U" in self.flag

    def to_uri(self) -> str:
        """The bare link, `shlink:/…`."""
        payload = {
            "url": self.url,
            "exp": self.exp,
            "flag": self.flag or None,
            "key": self.key,
            "label": self.label or None,
            # Members of our own, which other readers ignore. Only where they say something: each
            # letter makes the QR code finer.
            "_kind": "emergency" if self.is_emergency else None,
            "_handover": self.may_hand_over or None,
        }
        present = {name: value for name, value in payload.items() if value is not None}
        minified = json.dumps(present, ensure_ascii=False, separators=(",", ":")).encode()
        return SCHEME + urlsafe_b64encode(minified).decode().rstrip("=")


def parse(text: str) -> Shlink:
    """The link in a text, whatever stands before or after it. Raises NotALink."""
    _, found, rest = text.rpartition(SCHEME)
    if not found:
        raise NotALink(N_("This is not a health link: it has no shlink:/ in it."))
    try:
        return _checked(_values(rest))
    except (ValueError, LookupError, TypeError, OverflowError):
        raise NotALink(DAMAGED) from None


def _values(rest: str) -> dict[str, Any]:
    """What the payload at the start of a text says; ValueError when no payload is there.

    A space may end the link or, in a mail, break it: a line is taken in only while what came
    before it says nothing yet.
    """
    payload = _PAYLOAD.match(rest)
    lines = _LINE_BREAK.split(payload[0]) if payload else []
    for found in islice(accumulate(lines), MOST_LINES):
        try:
            values = json.loads(urlsafe_b64decode(found + "=" * (-len(found) % 4)))
        except (ValueError, RecursionError):
            continue
        if isinstance(values, dict):
            return values
    raise ValueError


def _checked(values: dict[str, object]) -> Shlink:
    if values.get("v", 1) != 1:
        raise NotALink(N_("This health link is of a newer kind than this program knows."))
    url, key, flag = values["url"], values["key"], values.get("flag", "")
    exp, label = values.get("exp"), values.get("label", "")
    if not (isinstance(url, str) and isinstance(key, str) and isinstance(flag, str)):
        raise ValueError
    if len(url) > LONGEST_URL or urlsplit(url).scheme not in ("https", "http"):
        raise ValueError
    decode_key(key)
    if "U" in flag and "P" in flag:
        raise ValueError
    return Shlink(
        url,
        key,
        "".join(sorted(set(flag) & set("LPU"))),
        int(exp) if isinstance(exp, int | float) and not isinstance(exp, bool) else None,
        label[:LONGEST_LABEL] if isinstance(label, str) else "",
        values.get("_kind") == "emergency",
        values.get("_handover") is True,
    )


def link_of(share: Share, base_url: str) -> Shlink | None:
    """The link of a share; None when the share was revoked.

    `exp` only hints, and stays in print when the owner extends the share: so only direct
    files carry it, whose receivers ask for it.
    """
    secrets = share.record.secrets
    if secrets is None:
        return None
    terms = share.terms
    long_term = "L" if terms.duration != "visit" else ""
    flag = long_term + ("U" if terms.is_direct else "P" if secrets.passcode else "")
    return Shlink(
        url=f"{base_url}/shl/{secrets.address}",
        key=secrets.share_key,
        flag=flag,
        exp=share.expires_at if terms.is_direct else None,
        label=LABEL,
        is_emergency=terms.is_emergency,
        may_hand_over=terms.may_hand_over,
    )


def viewer_link(link: Shlink, base_url: str) -> str:
    """The link that any phone camera opens: the viewer in front, everything secret behind `#`."""
    return f"{base_url}/view#{link.to_uri()}"
