"""Invented stories as FHIR, the ordinary and the hostile."""

from typing import Any

XHTML = "http://www.w3.org/1999/xhtml"
EXTENSIONS = "https://story-passport.example/StructureDefinition"

PATIENT = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [
        {"use": "official", "given": ["Amina"], "family": "Example"},
        {"use": "usual", "text": "Mina"},
    ],
    "birthDate": "1984-03-02",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}],
    "address": [{"text": "1 Made-up Street, Exampleton"}],
}
HELPER = {"resourceType": "RelatedPerson", "id": "h1", "name": [{"text": "Sam Carer"}]}


def section(title: str, words: str, lang: str = "en", **members: Any) -> dict[str, Any]:
    div = f'<div xmlns="{XHTML}" lang="{lang}" xml:lang="{lang}">{words}</div>'
    return {"title": title, "text": {"status": "generated", "div": div}} | members


def document(*sections: dict[str, Any], **composition: Any) -> dict[str, Any]:
    page = {
        "resourceType": "Composition",
        "status": "final",
        "language": "en",
        "title": "My story",
        "date": "2026-11-01T10:00:00+00:00",
        "subject": {"reference": "urn:p1"},
        "section": list(sections),
    } | composition
    return {
        "resourceType": "Bundle",
        "type": "document",
        "entry": [
            {"fullUrl": "urn:c1", "resource": page},
            {"fullUrl": "urn:p1", "resource": PATIENT},
            {"fullUrl": "urn:h1", "resource": HELPER},
        ],
    }


def story() -> dict[str, Any]:
    """An ordinary story with everything that the page can say about a section."""
    said = [
        {"url": f"{EXTENSIONS}/written-at", "valueDateTime": "2026-10-01T09:00:00Z"},
        {"url": f"{EXTENSIONS}/reviewed-at", "valueDateTime": "2026-11-01T09:00:00Z"},
        {"url": f"{EXTENSIONS}/supported-by", "valueReference": {"reference": "urn:h1"}},
    ]
    own = [{"reference": "urn:p1"}]
    return document(
        section(
            "What is most important to me",
            "<p>Please do not touch my <b>left arm</b>.<br/>Tell me first &amp; wait.</p>",
            author=own,
            extension=said,
        ),
        section("Please do", "<ul><li>Look at me</li><li>Give me time</li></ul>"),
        section("Please don’t", "<ul><li>Don’t shout</li></ul>"),
        section(
            "How I communicate and how to communicate with me",
            "<h3>Aids</h3><ul><li>I use a hearing aid</li></ul><h3>Words</h3><p>Slowly.</p>",
        ),
        section("My story so far", "<p>میں اردو بولتی ہوں۔</p>", lang="ur"),
        section(
            "My wellness",
            "<p>A good day.</p>",
            section=[section("Bad days", "<p>Rest.</p>")],
            author=[{"reference": "urn:h1"}],
        ),
    )


HOSTILE_NARRATIVE = """
<script>document.title='owned'; fetch('/stolen')</script><style>body{display:none}</style>
<p onclick="alert(1)" style="position:fixed">Words before <img src=x onerror="alert(1)"/></p>
<p><a href="javascript:alert(1)">a link</a> <![CDATA[<b>raw</b>]]> &lt;i&gt;typed&lt;/i&gt;</p>
<svg onload="alert(1)"><script>alert(1)</script></svg><iframe src="/stolen"></iframe>
<form action="/stolen"><input name="x"/><button>press</button></form>
<p>left \u202eright\u202c end &#0; &#x110000; &bogus; &#65;</p>
<object data="/stolen"></object><link rel="stylesheet" href="/stolen"/><meta http-equiv="refresh"/>
<p title="a > b">after</p><p>unclosed <b>bold <i>both</b> text
"""
