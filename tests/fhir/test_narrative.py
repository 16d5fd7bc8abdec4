"""What a reader sees of a section: its words, as words."""

from xml.etree import ElementTree

import pytest

from passport.fhir.document import NotAStoryDocument, read_document, write_document
from passport.fhir.model import Person, SectionPart
from passport.fhir.narrative import direction
from tests.fhir.stories import document, lines, section, text

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></body><iframe src='https://evil.example'>",
    "&lt;script&gt; &amp; &#x3c;b&#x3e; &nbsp;",
    "<![CDATA[ ]]> <!-- --> <?xml version='1.0'?>",
    "<!DOCTYPE x [<!ENTITY a 'aaaa'>]>&a;",
    "\u202etxt.exe\u202c \u2066 \u200f rtl and never closed \u202e",
    "javascript:alert(1) {{7*7}} ${7*7} %3Cscript%3E",
    "\U0001f9d1\u200d\U0001f9bd wheelchair, \u0627\u0631\u062f\u0648, \u09ac\u09be\u0982",
]


def div(*sections) -> str:
    return write_document(document(*sections))["entry"][0]["resource"]["section"][0]["text"]["div"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words):
    people = SectionPart("people", words, "people", (Person(words, words, words, words),))
    hostile = section("own-1", words, text(words), lines("more", words, words), people)

    root = ElementTree.fromstring(div(hostile))
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    assert tags == {"div", "h3", "p", "ul", "li", "b", "span"}
    assert "".join(root.itertext()).count(words) == 8
    assert read_document(write_document(document(hostile))).sections == (hostile,)


def test_text_is_paragraphs_and_line_breaks():
    assert "<p>One<br/>two</p><p>three</p>" in div(section("home", "H", text("One\ntwo\n\nthree")))


def test_lines_are_a_list():
    assert "<ul><li>Knock</li><li>Wait</li></ul>" in div(
        section("please-do", "Please do", lines("lines", "Knock", "Wait"))
    )


def people(*persons: Person):
    return section("people", "People", SectionPart("p", "Who?", "people", persons))


def shown(item: ElementTree.Element) -> list[str]:
    return ["".join(line.itertext()) for line in item]


def test_every_line_about_a_person_says_what_it_is():
    amina = Person("Amina", "my daughter", "0113", "after 5")

    [listed] = ElementTree.fromstring(div(people(amina)))[0]
    assert [shown(item) for item in listed] == [
        [
            "Name: Amina",
            "Who they are to me: my daughter",
            "Phone: 0113",
            "When to call them: after 5",
        ]
    ]


def test_a_person_without_a_name_says_so_and_is_not_taken_for_the_one_before():
    amina, nameless = Person("Amina", "my daughter"), Person(phone="0113")
    listed_people = people(amina, nameless)

    [listed] = ElementTree.fromstring(div(listed_people))[0]
    assert [shown(item) for item in listed] == [
        ["Name: Amina", "Who they are to me: my daughter"],
        ["Name not given", "Phone: 0113"],
    ]
    assert read_document(write_document(document(listed_people))).sections == (listed_people,)


@pytest.mark.parametrize("name", ["", " ", "Name not given", "Name:", "Name: Amina"])
def test_a_name_is_read_back_whatever_it_says(name):
    somebody = people(Person(name, "", "0113"))
    assert read_document(write_document(document(somebody))).sections == (somebody,)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("<b>Phone:</b>", "<b>Fax:</b>"),
        ("<b>Phone:</b>", ""),
        ("<b>Phone:</b>", "<i>Phone:</i>"),
        ("<b>Name:</b>", "<b>Name not given</b>"),
        (' class="phone"', ""),
        (' class="phone"', ' class="name"'),
        ("<span>0113</span>", "0113"),
        ("<span>0113</span>", "<span>01</span><span>13</span>"),
        ('<p class="name"><b>Name:</b> <span>Amina</span></p>', ""),
    ],
)
def test_a_person_in_another_shape_is_refused_rather_than_half_read(ours, theirs):
    bundle = write_document(document(people(Person("Amina", phone="0113"))))
    narrative = bundle["entry"][0]["resource"]["section"][0]["text"]
    assert ours in narrative["div"]
    narrative["div"] = narrative["div"].replace(ours, theirs)

    with pytest.raises(NotAStoryDocument):
        read_document(bundle)


def test_labels_are_headings_only_when_a_section_asks_several_things():
    assert "<h3>" not in div(section("home", "Home", text("Flat")))
    assert "<h3>What about b?</h3>" in div(section("home", "Home", text("Flat"), lines("b", "Bus")))


def test_a_question_without_an_answer_is_not_shown():
    unanswered = section("home", "Home", text("Flat"), lines("b"))

    assert "What about b?" not in div(unanswered)


def test_a_section_without_words_still_has_a_narrative_that_fhir_accepts():
    assert "".join(ElementTree.fromstring(div(section("home", "Home"))).itertext()) == "—"


def test_a_section_says_its_language_and_which_way_it_is_read():
    assert 'lang="ur" xml:lang="ur" dir="rtl"' in div(section("home", "گھر", language="ur"))
    assert 'lang="cy" xml:lang="cy" dir="ltr"' in div(section("home", "Cartref", language="cy"))


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("ur-PK", "rtl"), ("pa-Arab", "rtl"), ("ur-Latn", "ltr"), ("bn", "ltr")],
)
def test_direction_follows_the_script_a_language_is_written_in(language, expected):
    assert direction(language) == expected


def test_another_systems_spelling_of_the_same_xml_is_read():
    story = document(section("home", "Home", text("Tea & cake\nat 4"), lines("b", "Bus")))
    bundle = write_document(story)
    narrative = bundle["entry"][0]["resource"]["section"][0]["text"]
    narrative["div"] = (
        narrative["div"]
        .replace("<br/>", "<br></br>")
        .replace("&amp;", "&#38;")
        .replace("</div><div>", "</div>\n  <div>")
    )

    assert read_document(bundle) == story


@pytest.mark.parametrize(
    "div",
    [
        "<div",
        "Tea",
        "<p>Tea</p>",
        "<div><p>no namespace</p></div>",
        '<!DOCTYPE d [<!ENTITY a "b">]><div xmlns="http://www.w3.org/1999/xhtml">&a;</div>',
        '<div xmlns="http://www.w3.org/1999/xhtml" lang="en">stray<div><p>Tea</p></div></div>',
        '<div xmlns="http://www.w3.org/1999/xhtml" lang="en"><div><b>Tea</b></div></div>',
        '<div xmlns="http://www.w3.org/1999/xhtml" lang="en"><div><p><b>T</b></p></div></div>',
        '<div xmlns="http://www.w3.org/1999/xhtml" lang="en"></div>',
    ],
)
def test_a_narrative_we_did_not_write_is_refused_rather_than_half_read(div):
    bundle = write_document(document(section("home", "Home", text("Tea"))))
    bundle["entry"][0]["resource"]["section"][0]["text"]["div"] = div

    with pytest.raises(NotAStoryDocument):
        read_document(bundle)


def test_a_document_type_is_refused_before_any_entity_can_grow():
    bundle = write_document(document(section("home", "Home", text("Tea"))))
    narrative = bundle["entry"][0]["resource"]["section"][0]["text"]
    doctype = '<!DOCTYPE div [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    narrative["div"] = doctype + narrative["div"].replace("Tea", "&b;")

    with pytest.raises(NotAStoryDocument):
        read_document(bundle)
