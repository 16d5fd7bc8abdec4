"""What PDF/UA-1 (ISO 14289-1) asks that a program can check, read with pikepdf.

veraPDF, the reference checker, is in no registry that we install from. typst, which makes these
files, refuses to write what breaks the standard; this looks at what it wrote by other eyes.
"""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

# Operators that draw: each must stand in marked content, tagged or an artifact (7.1).
_DRAWING = {"Tj", "TJ", "'", '"', "f", "f*", "F", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI"}
# ISO 32000-1, 14.8.4: what needs no role map.
_STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"),
    *("NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl"),
    *("LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note"),
    *("Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "Warichu", "Figure", "Formula"),
    "Form",
}


def problems_in(made: bytes) -> list[str]:
    """Everything that keeps people out of this PDF; empty if nothing was found."""
    with pikepdf.open(BytesIO(made)) as pdf:
        found = [*_of_the_document(pdf), *_of_the_tree(pdf)]
        for number, page in enumerate(pdf.pages, 1):
            found += [f"page {number}: {problem}" for problem in _of_a_page(page)]
        return found


def elements(pdf: Pdf) -> Iterator[Dictionary]:
    """Every structure element in reading order."""
    yield from _under(pdf.Root.StructTreeRoot)


def _under(element: Object) -> Iterator[Dictionary]:
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _under(kid)


def _of_the_document(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    if "/StructTreeRoot" not in root:
        yield "no structure tree (6.2)"
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield "not marked as tagged (6.2)"
    if not str(root.get("/Lang", "")):
        yield "no language (7.2)"
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "the title is not shown (7.1)"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfuaid:part") != "1":
            yield "does not say that it is PDF/UA (5)"
        if not metadata.get("dc:title"):
            yield "no title (7.1)"
    if pdf.is_encrypted:
        yield "encrypted: assistive programs may be kept out (7.16)"


def _of_the_tree(pdf: Pdf) -> Iterator[str]:
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", Dictionary())
    level = 0
    for element in elements(pdf):
        kind = str(element.S).removeprefix("/")
        mapped = str(roles.get(f"/{kind}", Name(f"/{kind}"))).removeprefix("/")
        if mapped not in _STANDARD:
            yield f"{kind} has no standard role (7.1)"
        if mapped == "Figure" and not str(element.get("/Alt", "")):
            yield "a picture says nothing (7.3)"
        if mapped[0] == "H" and mapped[1:].isdigit():
            if int(mapped[1:]) > level + 1:
                yield f"{mapped} follows level {level} (7.4.2)"
            level = int(mapped[1:])


def _of_a_page(page: pikepdf.Page) -> Iterator[str]:
    if page.obj.get("/Tabs") != Name.S:
        yield "no order for the keyboard (7.18.3)"
    depth, loose = 0, 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
        loose += operator in _DRAWING and depth == 0
    if loose:
        yield f"{loose} drawings neither tagged nor artifacts (7.1)"
    for name, font in page.obj.get("/Resources", Dictionary()).get("/Font", Dictionary()).items():
        if "/ToUnicode" not in font:
            yield f"the letters of {name} can't be read back (7.21.7)"
        for descendant in font.get("/DescendantFonts", Array()):
            if not {"/FontFile2", "/FontFile3"} & set(descendant.FontDescriptor.keys()):
                yield f"the font {name} is not in the file (7.21.4)"
