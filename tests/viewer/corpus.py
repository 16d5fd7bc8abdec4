"""Hostile stories and links, each with what a reader must see instead: words of the page.

`STORIES` are what a share of another service holds. `LINKS` are links and answers.
"""

import json
import zlib
from collections.abc import Callable
from typing import Any

from flask import Response

from tests.viewer.stories import HOSTILE_NARRATIVE, document, section, story
from tests.viewer.story_service import FHIR_JSON, Service, base64url, embedded, link_to, seal

KEY = base64url(bytes(32))
OTHER_KEY = base64url(bytes(range(32)))
SAFE = "safe words"
BIDI = "\u202e\u2066\u2067\u2068\u2069\u200f\u061c"


def with_words(markup: str, title: str = "Please do", **members: Any) -> Any:
    return document(section(title, f"<p>{SAFE}</p>{markup}", **members))


def _patient(**members: Any) -> Any:
    bundle = with_words("")
    bundle["entry"][1]["resource"] = {"resourceType": "Patient", **members}
    return bundle


STORIES: dict[str, Callable[[], Any]] = {
    "everything at once": lambda: with_words(HOSTILE_NARRATIVE),
    "script": lambda: with_words("<script>stolen('/stolen')</script>"),
    "script in svg": lambda: with_words("<svg><script href='/stolen'/></svg>"),
    "event handlers": lambda: with_words("<p onclick='stolen()' onfocus='stolen()' tabindex='0'>"),
    "picture": lambda: with_words("<img src='/stolen' onerror='stolen()'/>"),
    "picture set": lambda: with_words("<picture><source srcset='/stolen'/><img/></picture>"),
    "javascript link": lambda: with_words("<a href='javascript:stolen()'>press</a>"),
    "data link": lambda: with_words("<a href='data:text/html,<script>stolen()</script>'>p</a>"),
    "link elsewhere": lambda: with_words("<a href='https://stolen.example/' ping='/stolen'>p</a>"),
    "style": lambda: with_words("<style>@import '/stolen'; body{display:none}</style>"),
    "inline style": lambda: with_words("<p style='background:url(/stolen);position:fixed'>x</p>"),
    "class of ours": lambda: with_words("<p class='nhsuk-button' id='story-title'>x</p>"),
    "form": lambda: with_words("<form action='/stolen'><input name='passcode'/><button>Open"),
    "frame": lambda: with_words("<iframe srcdoc='<script>stolen()</script>' src='/stolen'/>"),
    "object": lambda: with_words("<object data='/stolen'/><embed src='/stolen'/>"),
    "meta refresh": lambda: with_words("<meta http-equiv='refresh' content='0;/stolen'/>"),
    "base": lambda: with_words("<base href='https://stolen.example/'/>"),
    "template": lambda: with_words("<template><img src='/stolen'/></template>"),
    "mutation": lambda: with_words("<noscript><p title='</noscript><img src=/stolen>'>"),
    "comment": lambda: with_words("<!-- --!><img src='/stolen'/> -->"),
    "cdata": lambda: with_words("<![CDATA[<img src='/stolen'/>]]>"),
    "entity bomb": lambda: with_words("<!DOCTYPE x [<!ENTITY a 'aaaa'>]>&a;&a;"),
    "external entity": lambda: with_words("<!DOCTYPE x SYSTEM '/stolen'>"),
    "bidi overrides": lambda: with_words(f"<p>{BIDI}tfel{BIDI}</p>", title=f"{BIDI}Please don't"),
    "markup in a title": lambda: with_words("", title="<img src='/stolen' onerror='stolen()'/>"),
    "markup in a name": lambda: _patient(name=[{"text": "<script>stolen()</script>"}]),
    "huge name": lambda: _patient(name=[{"text": "N" * 500_000}]),
    "template words": lambda: with_words("<template data-words=''>closed {host}</template>"),
    "prototype": lambda: json.loads('{"__proto__": {"x": 1}}') | with_words(""),
    "language": lambda: with_words("", lang="en' onload='stolen()"),
    "extension url": lambda: with_words("", extension=[{"url": {"x": 1}}, {"url": "/reviewed-at"}]),
    "bad dates": lambda: with_words(
        "", extension=[{"url": "x/written-at", "valueDateTime": "9e9"}]
    ),
    "reference to itself": lambda: with_words("", entry=[{"reference": "urn:c1"}]),
    "author of no shape": lambda: with_words("", author=[None, 7, {"reference": ["x"]}]),
    "review rhythm": lambda: document(
        section("A", f"<p>{SAFE}</p>"),
        extension=[{"url": "x/review-months", "valuePositiveInt": 1e308}],
    ),
    "five megabytes": lambda: with_words(f"<p>{'word ' * 1_000_000}</p>"),
    "ten thousand sections": lambda: document(
        *(section(f"Section {number}", f"<p>{SAFE}</p>") for number in range(10_000))
    ),
    "chips without end": lambda: document(
        section("How I communicate and how to communicate with me", f"<p>{SAFE}</p><ul>")
        | {"text": {"div": f"<div><p>{SAFE}</p><ul>{'<li>c</li>' * 50_000}</ul></div>"}}
    ),
    "nested": lambda: with_words("<ul><li>" * 100_000),
    "first screen of no shape": lambda: document(
        section("Please do", f"<p>{SAFE}</p>"),
        extension=[{"url": "x/first-screen", "valueCode": one} for one in ("__proto__", 7, None)],
    ),
}


def _answered(service: Service, body: str | bytes, **members: Any) -> str:
    return link_to(service.at_new_address(lambda: Response(body)), KEY, **members)


def _file(service: Service, jwe: str, **members: Any) -> str:
    return service.share({"contentType": FHIR_JSON, "embedded": jwe} | members, key=KEY)


def _bomb() -> bytes:
    """Two gigabytes of spaces, deflated: some megabytes that are made in a second."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    piece = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = again.compress(b" " * 1_000_000) + again.flush(zlib.Z_FULL_FLUSH)
    return piece + block * 2000


def _deflated(packed: bytes) -> str:
    """A JWE whose plain text is already deflated: joserfc would deflate it itself."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    header = base64url(json.dumps({"alg": "dir", "enc": "A256GCM", "zip": "DEF"}).encode())
    nonce = bytes(12)
    sealed = AESGCM(bytes(32)).encrypt(nonce, packed, header.encode())
    parts = (nonce, sealed[:-16], sealed[-16:])
    return ".".join([header, "", *(base64url(part) for part in parts)])


def _headed(**header: Any) -> str:
    _, *rest = seal(story(), KEY).split(".")
    return ".".join([base64url(json.dumps(header).encode()), *rest])


def _elsewhere(address: str) -> Callable[[Service], str]:
    return lambda service: service.share({"contentType": FHIR_JSON, "location": address}, key=KEY)


LINKS: dict[str, tuple[Callable[[Service], str], str]] = {
    "wrong key": (lambda s: _file(s, seal(story(), OTHER_KEY)), "does not fit its story"),
    "alg none": (lambda s: _file(s, _headed(alg="none", enc="A256GCM")), "does not know"),
    "alg of keys": (lambda s: _file(s, _headed(alg="A256GCMKW", enc="A256GCM")), "does not know"),
    "enc": (lambda s: _file(s, _headed(alg="dir", enc="A128CBC-HS256")), "does not know"),
    "crit": (lambda s: _file(s, _headed(alg="dir", enc="A256GCM", crit=["x"])), "does not know"),
    "zip bomb": (lambda s: _file(s, _deflated(_bomb())), "too big"),
    "zip of nothing": (lambda s: _file(s, _deflated(b"\xff" * 40)), "can’t be read"),
    "another host": (_elsewhere("https://stolen.example/file"), "a place we do not ask"),
    "script as a place": (_elsewhere("javascript:stolen()"), "a place we do not ask"),
    "blob as a place": (_elsewhere("blob:https://stolen.example/x"), "a place we do not ask"),
    "html": (lambda s: _answered(s, "<script>stolen()</script>"), "can’t be read"),
    "no files": (lambda s: _answered(s, '{"files": "x"}'), "can’t be read"),
    "a million files": (
        lambda s: _answered(s, '{"files": [' + "7," * 999_999 + "7]}"),
        "can’t be read",
    ),
    "wrong type": (lambda s: _file(s, "x", contentType="text/html"), "can’t show what is in"),
    "script for an address": (lambda s: link_to("javascript:stolen()", KEY), "not safe to open"),
    "name and word in the address": (lambda s: link_to("https://a:b@c.example/", KEY), "not safe"),
    "short key": (lambda s: link_to(f"{s.origin}/shl/x", KEY[:42]), "damaged"),
    "newer": (lambda s: link_to(f"{s.origin}/shl/x", KEY, v=99), "newer than this page"),
    "cut off": (lambda s: _answered(s, "{}")[:-5], "damaged"),
    "label": (
        lambda s: s.share(
            embedded([], OTHER_KEY), key=KEY, label="<img src=/stolen onerror=stolen()>"
        ),
        "does not fit its story",
    ),
}
