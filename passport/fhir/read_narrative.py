"""The words of a section back out of its narrative: the inverse of `narrative`.

Any XML spelling of the same tree is read (another system may have written it out anew), but no
other tree: an element we do not write means that the story may not be whole.
"""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from passport.fhir.model import Person
from passport.fhir.narrative import PERSON_LABELS, XHTML, FileWords, person_label
from passport.fhir.reading import NotAStoryDocument

_DIV, _H3, _P, _BR, _UL, _LI, _B, _SPAN = (
    f"{{{XHTML}}}{tag}" for tag in ("div", "h3", "p", "br", "ul", "li", "b", "span")
)


class SectionNarrative:
    """One section's narrative: its language, and one block of XHTML for each part."""

    def __init__(self, div: str) -> None:
        root = _parse(div)
        self.language = root.get("lang", "")
        blocks = [child for child in _blocks(root) if child.get("class") != "empty"]
        self.files = [
            words for block in blocks if block.get("class") == "files" for words in _files(block)
        ]
        self.parts = _all(_DIV, [block for block in blocks if block.get("class") != "files"])


def _files(block: Element) -> list[FileWords]:
    return [_file_words(item) for item in _items(block)]


def _file_words(item: Element) -> FileWords:
    found = {line.get("class", ""): _words(line) for line in _all(_P, _blocks(item))}
    if not {"title"} <= set(found) <= {"title", "transcript"}:
        raise _unknown()
    return FileWords(found["title"], found.get("transcript", ""))


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
    return _all(tag, [child for child in _blocks(part) if child.tag != _H3])


def _items(part: Element) -> list[Element]:
    return _all(_LI, [item for listed in _answers(part, _UL) for item in _blocks(listed)])


def _blocks(parent: Element) -> list[Element]:
    found = list(parent)
    if any(stray and stray.strip() for stray in (parent.text, *(one.tail for one in found))):
        raise _unknown()
    return found


def _all(tag: str, found: list[Element]) -> list[Element]:
    if any(one.tag != tag for one in found):
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
    found = _all(_P, _blocks(item))
    given = {line.get("class", ""): _answer_of(line) for line in found}
    if len(given) != len(found) or not {"name"} <= set(given) <= set(PERSON_LABELS):
        raise _unknown()
    return Person(**given)


def _answer_of(line: Element) -> str:
    field = line.get("class", "")
    label, *answer = _blocks(line) or [line]
    value = "".join(_words(one) for one in _all(_SPAN, answer))
    expected = person_label(field, value) if field in PERSON_LABELS else None
    if label.tag != _B or len(answer) > 1 or _words(label) != expected:
        raise _unknown()
    return value


def _unknown() -> NotAStoryDocument:
    return NotAStoryDocument("The words of a section are in a shape Story Passport does not write.")
