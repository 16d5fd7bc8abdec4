"""What a reader sees of a story, whoever wrote it."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Response
from playwright.sync_api import expect

from passport.fhir.model import Person, Section, SectionPart
from passport.fhir.narrative import section_narrative
from tests.viewer.stories import EXTENSIONS, HOSTILE_NARRATIVE, PATIENT, document, section, story
from tests.viewer.story_service import base64url, embedded, link_to

MOST_DRAWN_AT_ONCE = 200_000
"""Letters and elements of one helping: what a phone draws without being held up. `make bench`
measures how long that takes."""


def headings(reader):
    script = "all => all.map(one => [Number(one.localName[1]), one.textContent])"
    return reader.story.locator("h1, h2, h3, h4, h5, h6").evaluate_all(script)


def test_the_person_comes_first_and_sections_keep_their_order(reader, service):
    opened = reader.open(service.share_of(story()))
    facts = opened.locator("#story-head")
    for fact in ("Amina Example", "2 March 1984", "999 000 0018", "1 Made-up Street"):
        expect(facts).to_contain_text(fact)
    titles = [text for level, text in headings(reader) if level == 2]
    assert titles[:3] == ["What is most important to me", "Please do", "Please don’t"]


def test_headings_never_skip_a_level(reader, service):
    reader.open(service.share_of(story()))
    levels = [level for level, _ in headings(reader)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_story_says_that_facts_are_to_be_checked(reader, service):
    opened = reader.open(service.share_of(story()))
    expect(opened).to_contain_text("These are the person’s own words.")
    expect(opened).to_contain_text("against the record")


@pytest.mark.parametrize("where", ["manifest", "file"])
def test_a_story_that_is_no_longer_valid_says_so(reader, service, where):
    key, old = base64url(bytes(32)), {"status": "no-longer-valid"}
    manifest = {"files": [embedded(story(), key) | (old if where == "file" else {})]}
    body = json.dumps(manifest | (old if where == "manifest" else {}))
    url = service.at_new_address(lambda: Response(body, mimetype="application/json"))
    expect(reader.open(link_to(url, key))).to_contain_text("no longer valid")


def test_a_low_day_stands_on_top_until_it_is_over(reader, service):
    url, said = f"{EXTENSIONS}/low-day-until", "Please read my passport instead of asking me."
    for days, is_shown in ((1, True), (-1, False)):
        until = (datetime.now(UTC) + timedelta(days=days)).isoformat()
        marked = document(extension=[{"url": url, "valueDateTime": until}])
        opened = reader.open(service.share_of(marked))
        assert (said in opened.locator("#story-head").inner_text()) == is_shown


def test_a_section_says_who_wrote_it_and_when_it_was_checked(reader, service):
    opened = reader.open(service.share_of(story()))
    expect(opened).to_contain_text("Written by the person, with help from Sam Carer.")
    expect(opened).to_contain_text("Written on 1 October 2026.")
    expect(opened).to_contain_text("Checked by the person on 1 November 2026.")
    expect(opened).to_contain_text("Written with Sam Carer.")


def test_emphasis_lines_and_lists_are_kept(reader, service):
    opened = reader.open(service.share_of(story()))
    first = opened.locator(".story-text").first
    assert first.evaluate("one => one.querySelector('p').childNodes.length") == 5
    expect(first.locator("strong")).to_have_text("left arm")
    expect(first).to_contain_text("Tell me first & wait.")
    expect(opened.get_by_role("listitem").filter(has_text="Look at me")).to_be_visible()


def test_a_story_in_another_language_says_so_and_keeps_its_direction(reader, service):
    opened = reader.open(service.share_of(story()))
    urdu = opened.locator(".story-text[lang=ur]")
    expect(urdu).to_have_attribute("dir", "auto")
    assert urdu.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert urdu.evaluate("one => getComputedStyle(one).unicodeBidi") == "isolate"


def test_after_opening_the_reader_is_at_the_story(reader, service):
    opened = reader.open(service.share_of(story()))
    expect(opened.get_by_role("heading", level=1)).to_be_focused()
    expect(reader.page.get_by_role("status")).to_have_text("The story is open.")


def test_the_contents_lead_to_a_section_without_a_trail_in_the_history(reader, service):
    opened = reader.open(service.share_of(story()))
    opened.get_by_role("navigation").get_by_role("link", name="My wellness").click()
    expect(opened.get_by_role("heading", name="My wellness")).to_be_focused()
    assert reader.page.url == f"{service.origin}/view"


def test_the_facts_that_tell_two_people_apart_share_lines(new_reader, service):
    reader = new_reader(viewport={"width": 390, "height": 844})
    facts = reader.open(service.share_of(story())).locator(".story-facts").first
    lines = "one => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)"
    assert facts.evaluate(lines) <= 5


OLD, NEW = ("2026-09-05T09:00:00Z", None), ("2026-10-01T09:00:00Z", "2026-11-01T09:00:00Z")


def dated(written, reviewed):
    dates = {"written-at": written, "reviewed-at": reviewed}
    return [
        {"url": f"{EXTENSIONS}/{name}", "valueDateTime": date}
        for name, date in dates.items()
        if date
    ]


def dated_story(*dates):
    sections = (section("A part", "<p>Words</p>", extension=dated(*one)) for one in dates)
    return document(*sections)


def test_every_section_says_its_own_dates_and_its_language(reader, service):
    opened = reader.open(service.share_of(dated_story(NEW, OLD, (None, None))))
    expect(opened.locator("#story-rest .story-about")).to_have_text(
        [
            "Written on 1 October 2026. Checked by the person on 1 November 2026. In English.",
            "Written on 5 September 2026. In English.",
            "In English.",
        ]
    )


@pytest.mark.parametrize(("months", "is_old"), [(None, False), (3, True), (24, False), (-1, False)])
def test_a_part_that_was_not_checked_for_longer_than_the_person_wished_is_marked(
    reader, service, months, is_old
):
    checked = (datetime.now(UTC) - timedelta(days=200)).isoformat()
    wish = {"url": f"{EXTENSIONS}/review-months", "valuePositiveInt": months}
    part = section("A part", "<p>Words</p>", extension=dated(checked, checked))
    opened = reader.open(service.share_of(document(part, extension=[wish] if months else [])))
    expect(opened.get_by_text("ask if it is still true")).to_have_count(1 if is_old else 0)


PEOPLE = (
    Person("Amina", "my daughter", "01632 960001", "any time"),
    Person("", "", "01632 960002"),
    Person("آمنہ", "my friend"),
)


def people_story():
    part = SectionPart("people", "Who?", "people", PEOPLE)
    written = datetime(2026, 10, 1, tzinfo=UTC)
    narrative = section_narrative(Section("people", "People", (part,), "en", written))
    return document({"title": "People", "text": narrative})


def test_each_line_about_a_person_says_what_it_is(reader, service):
    people = reader.open(service.share_of(people_story())).get_by_role("listitem")
    expect(people).to_have_count(3)
    assert [one.get_by_role("paragraph").all_inner_texts() for one in people.all()] == [
        [
            "Name: Amina",
            "Who they are to me: my daughter",
            "Phone: 01632 960001",
            "When to call them: any time",
        ],
        ["Name not given", "Phone: 01632 960002"],
        ["Name: آمنہ", "Who they are to me: my friend"],
    ]


def test_a_persons_lines_stay_together_and_apart_from_the_next_persons(reader, service):
    people = reader.open(service.share_of(people_story())).get_by_role("listitem")
    boxes = [
        [line.bounding_box() for line in person.get_by_role("paragraph").all()]
        for person in people.all()
    ]
    inside = [gap(*pair) for person in boxes for pair in pairwise(person)]
    between = [gap(one[-1], other[0]) for one, other in pairwise(boxes)]
    assert max(inside) + 16 <= min(between)


def gap(above, below):
    return below["y"] - above["y"] - above["height"]


def test_a_short_story_has_no_contents_list(reader, service):
    opened = reader.open(service.share_of(document(section("One", "<p>Word</p>"))))
    expect(opened.get_by_role("navigation")).to_have_count(0)


def test_a_hostile_narrative_is_words_and_nothing_else(reader, service):
    opened = reader.open(service.share_of(document(section("A", HOSTILE_NARRATIVE))))
    for words in ("Words before", "a link <b>raw</b> <i>typed</i>", "after", "bold both text"):
        expect(opened).to_contain_text(words)
    text = opened.locator(".story-text")
    assert (
        text.locator("script, style, img, a, svg, iframe, form, input, object, link").count() == 0
    )
    assert (
        text.evaluate("one => [...one.querySelectorAll('*')].filter(e => e.attributes.length)")
        == []
    )
    assert "\u202e" not in text.inner_text()
    assert "fetch" not in text.inner_text()
    assert not [url for url in reader.requests if "stolen" in url]


@pytest.mark.parametrize("title", ["<b>x</b>", "a\u202eb", "", " ", 7, None, ["x"], {"a": 1}])
def test_a_strange_title_harms_nothing(reader, service, title):
    strange = {**section("x", "<p>words</p>"), "title": title}
    expect(reader.open(service.share_of(document(strange)))).to_contain_text("words")


@pytest.mark.parametrize(
    "resource",
    [
        None,
        7,
        "words",
        [],
        {},
        {"resourceType": 7},
        {"resourceType": "Bundle"},
        {"resourceType": "Bundle", "entry": 7},
        {"resourceType": "Bundle", "entry": [None, 7, {}]},
        {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Composition"}}]},
        {"resourceType": "Patient", "name": {"x": 1}, "birthDate": 7, "address": [None]},
        {"resourceType": "DocumentReference", "content": [None, {"attachment": None}]},
        {"resourceType": "AllergyIntolerance", "code": 7, "reaction": [None, {"manifestation": 7}]},
        {"resourceType": "X", "text": {"div": 7}, "note": {"text": 1}},
        document(section=7),
        document(section=[None, 7, {"section": 7, "entry": 7, "author": 7}]),
        document(section("x", "", extension=[None, {"url": 7}, {"url": "/written-at"}])),
        document(section("x", "", author=[None, {"reference": 7}, {"reference": "urn:c1"}])),
        document(subject={"reference": "urn:c1"}, language=7, date={"x": 1}, title=[1]),
    ],
    ids=str,
)
def test_whatever_opens_is_shown_without_a_crash(reader, service, resource):
    expect(reader.open(service.share_of(resource)).get_by_role("heading", level=1)).to_be_visible()


def test_a_collection_is_listed_plainly(reader, service):
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"resource": one}
            for one in (
                PATIENT,
                {
                    "resourceType": "AllergyIntolerance",
                    "code": {"text": "Penicillin"},
                    "clinicalStatus": {"coding": [{"code": "active"}]},
                    "reaction": [{"manifestation": [{"text": "Rash"}]}],
                    "note": [{"text": "As told"}],
                },
                {
                    "resourceType": "Immunization",
                    "vaccineCode": {"coding": [{"display": "Flu"}]},
                    "occurrenceDateTime": "2025-10-01",
                },
                {"resourceType": "Condition", "text": {"div": "<div><p>Short of breath</p></div>"}},
                {
                    "resourceType": "DocumentReference",
                    "content": [
                        {
                            "attachment": {
                                "contentType": "text/plain",
                                "title": "A letter",
                                "data": b64encode("Dear nurse é".encode()).decode(),
                            }
                        }
                    ],
                },
            )
        ],
    }
    opened = reader.open(service.share_of(bundle))
    for words in (
        "Mina",
        "Allergy or intolerance",
        "Penicillin",
        "active",
        "Rash",
        "As told",
        "Vaccination",
        "Flu",
        "1 October 2025",
        "Short of breath",
        "Dear nurse é",
    ):
        expect(opened).to_contain_text(words)


def test_a_section_without_a_narrative_speaks_through_its_entries(reader, service):
    bundle = document({"title": "Allergies", "entry": [{"reference": "Allergy/a"}]})
    allergy = {"resourceType": "Allergy", "id": "a", "code": {"text": "Latex"}}
    bundle["entry"].append({"resource": allergy})
    expect(reader.open(service.share_of(bundle))).to_contain_text("Latex")


def nested_sections(depth):
    inner = section("deepest", "<p>bottom</p>")
    for number in range(depth):
        inner = section(f"floor {number}", "<p>x</p>", section=[inner])
    return document(inner)


def nested_json(depth):
    return b'{"resourceType":"Bundle","entry":' + b"[" * depth + b"]" * depth + b"}"


HUGE = {
    "five megabytes in one line": lambda: document(section("A", f"<p>{'word ' * 1_000_000}</p>")),
    "five megabytes without a space": lambda: document(section("A", f"<p>{'w' * 5_000_000}</p>")),
    "ten thousand sections": lambda: document(
        *(section(f"Section {number}", "<p>words</p>") for number in range(10_000))
    ),
    "deeply nested sections": lambda: nested_sections(150),
    "deeply nested JSON": lambda: nested_json(1_000_000),
    "deeply nested lists": lambda: document(section("A", "<ul><li>" * 200_000 + "end")),
    "unclosed tags": lambda: document(section("A", "<a '" * 1_000_000)),
    "bare brackets": lambda: document(section("A", "<" * 4_000_000)),
    "entities": lambda: document(section("A", "&amp;" * 1_000_000)),
    "ampersands": lambda: document(section("A", "&" * 4_000_000)),
    "bold in bold": lambda: document(section("A", "<b>" * 1_000_000 + "end")),
    "paragraphs": lambda: document(section("A", "<p>x</p>" * 500_000)),
    "scripts": lambda: document(section("A", "<script>" * 500_000)),
}


def drawn(reader):
    """How much of a story is on the page: letters and elements."""
    script = "one => one.textContent.length + one.querySelectorAll('*').length"
    return reader.page.locator("#story-body").evaluate(script)


@pytest.mark.parametrize("name", HUGE)
def test_a_huge_story_is_refused_or_drawn_a_helping_at_a_time(reader, service, name):
    reader.scan(service.share_of(HUGE[name]()))
    reader.press_open()
    settled = "[data-view=story]:visible, [data-view=problem]:visible"
    expect(reader.page.locator(settled)).to_have_count(1, timeout=30_000)
    more = reader.page.get_by_role("button", name="Show more")
    before = drawn(reader)
    assert before <= MOST_DRAWN_AT_ONCE
    for _ in range(3):
        if not more.is_visible():
            return
        more.click()
        after = drawn(reader)
        assert before <= after <= before + MOST_DRAWN_AT_ONCE
        before = after


def test_more_of_a_long_story_is_shown_on_request(reader, service):
    sections = [section(f"Section {number}", f"<p>{'word ' * 500}</p>") for number in range(100)]
    opened = reader.open(service.share_of(document(*sections)))
    expect(opened).to_contain_text("There is more of this story.")
    more = opened.get_by_role("button", name="Show more")
    more.click()
    expect(reader.page.get_by_role("status")).to_contain_text("of the story is shown")
    while more.is_visible():
        more.click()
    expect(opened.locator(".story-part")).to_have_count(100)
    expect(opened.get_by_text("There is more of this story.")).to_be_hidden()


def test_a_contents_link_leads_to_a_section_that_was_not_drawn_yet(reader, service):
    sections = [section(f"Section {number}", f"<p>{'word ' * 3000}</p>") for number in range(20)]
    opened = reader.open(service.share_of(document(*sections)))
    opened.get_by_role("navigation").get_by_role("link", name="Section 19").click()
    expect(opened.get_by_role("heading", name="Section 19")).to_be_focused()


def test_the_story_survives_json_with_every_kind_of_character(reader, service):
    words = json.loads('"\\ud83d\\ude00 é ß 汉字 \\u200f\\u2066x\\u2069 \\u0000\\u0007"')
    opened = reader.open(service.share_of(document(section("A", f"<p>{words}</p>"))))
    expect(opened).to_contain_text("😀 é ß 汉字")
