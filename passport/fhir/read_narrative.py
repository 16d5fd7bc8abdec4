"""The words of a section back out of its narrative: the inverse of `narrative`.

Any XML spelling of the same tree is read (another system may have written it out anew), but no
other tree: an element we do not write means that the story may not be whole.
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from passport.fhir.model import Person
from passport.fhir.narrative import PERSON_FIELDS, XHTML
from passport.fhir.reading import NotAStoryDocument

_DIV, _H3, _P, _BR, _UL, _LI = (f"{{{XHTML}}}{tag}" for tag in ("div", "h3", "p", "br", "ul", "li"))


class SectionNarrative:
    """One section's narrative: its language, and one block of XHTML for each part."""

    def __init__(self, div: str) -> None:
        root = _parse(div)
        self.language = root.get("lang", "")
        self.parts = [child for child in root if child.tag == _DIV]
        if any(child.tag != _DIV and child.get("class") != "empty" for child in root):
            raise _unknown()


def text_of(part: Element) -> str:
    """The answer of a "text" part."""
    return "\n\n".join(_words(paragraph) for paragraph in _answers(part, _P))


def lines_of(part: Element) -> tuple[str, ...]:
    """The answers of a "lines" part, or the labels of a "choices" part."""
    return tuple(_words(item) for item in _items(part))


def people_of(part: Element) -> tuple[Person, ...]:
    """The answers of a "people" part."""
    return tuple(_person(item) for item in _items(part))


def _parse(div: str) -> Element:
    # Text never holds "<" unescaped, so these can only open a DTD, CDATA, comment or instruction.
    if "<!" in div or "<?" in div:
        raise _unknown()
    try:
        root = ElementTree.fromstring(div)  # noqa: S314 - no DTD, so no entity can expand
    except (ElementTree.ParseError, ValueError) as error:
        raise NotAStoryDocument("The words of a section are not well-formed XHTML.") from error
    if root.tag != _DIV:
        raise _unknown()
    return root


def _answers(part: Element, tag: str) -> list[Element]:
    found = [child for child in part if child.tag != _H3]
    if any(child.tag != tag for child in found):
        raise _unknown()
    return found


def _items(part: Element) -> list[Element]:
    found = [item for listed in _answers(part, _UL) for item in listed]
    if any(item.tag != _LI for item in found):
        raise _unknown()
    return found


def _words(element: Element) -> str:
    found = [element.text or ""]
    for child in element:
        if child.tag != _BR or len(child) or child.text:
            raise _unknown()
        found += ["\n", child.tail or ""]
    return "".join(found)


def _person(item: Element) -> Person:
    given = {child.get("class", ""): _words(child) for child in item if child.tag == _P}
    if len(given) != len(item) or not set(given) <= set(PERSON_FIELDS):
        raise _unknown()
    return Person(**given)


def _unknown() -> NotAStoryDocument:
    return NotAStoryDocument("The words of a section are in a shape Story Passport does not write.")
