"""Sheets, cards and booklets: open to everyone, exact, and never more than was chosen."""

import random
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from passport.paper.fit import cut, fitted
from passport.paper.sheet import KINDS, ONE_PAGE
from passport.paper.typeset import FONTS, as_pdf, as_pictures, needed
from tests.paper.accessible_pdf import elements, problems_in
from tests.paper.sheets import (
    ARABIC,
    BENGALI,
    ENGLISH,
    LINK,
    URDU,
    full_sheet,
    lines,
    sheet,
    text,
)
from tests.servers import program

_DIRECTION_MARKS = "[\u200e\u200f\u202a-\u202e]"
MORE = "More is in my passport."


def words_of(found: str) -> list[str]:
    return re.findall(r"\w+", re.sub(_DIRECTION_MARKS, "", found))


def by_pypdf(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)


def by_poppler(pdf: bytes) -> str:
    command = [program("poppler"), "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


def printed(made) -> bytes:
    pdf, is_drawn = as_pdf(fitted(made, MORE))
    assert is_drawn
    return pdf


@pytest.mark.parametrize("language", ["en", "ur", "bn"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_open_to_everyone(kind, language):
    pdf = printed(full_sheet(kind, language))
    assert problems_in(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == language
        assert [str(e.Alt) for e in elements(opened) if e.S == "/Figure"] == [
            "QR code that opens my story"
        ]


def test_the_checker_finds_what_it_looks_for():
    with pikepdf.open(BytesIO(printed(full_sheet("booklet")))) as pdf:
        next(e for e in elements(pdf) if e.S == "/Figure").Alt = ""
        next(e for e in elements(pdf) if e.S == "/H2").S = pikepdf.Name.H5
        del pdf.Root.Lang
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n0 0 9 9 re f")
        spoilt = BytesIO()
        pdf.save(spoilt)
    found = " ".join(problems_in(spoilt.getvalue()))
    for clause in ("(7.1)", "(7.2)", "(7.3)", "(7.4.2)"):
        assert clause in found


def test_each_part_tells_its_own_language():
    with pikepdf.open(BytesIO(printed(full_sheet("booklet")))) as pdf:
        told = {str(e.Lang) for e in elements(pdf) if "/Lang" in e}
    assert {"ur", "ar", "bn"} <= told


def test_english_reads_in_order_by_two_readers():
    pdf = printed(
        sheet("booklet", text("a", ENGLISH, title="First"), lines("b", "Ask", "Then wait"))
    )
    for found in (words_of(by_pypdf(pdf)), words_of(by_poppler(pdf))):
        expected = words_of(f"First {ENGLISH} Please do Lines Ask Then wait")
        assert " ".join(expected) in " ".join(found)


@pytest.mark.parametrize(("language", "words"), [("ur", URDU), ("ar", ARABIC)])
def test_right_to_left_reads_in_order_and_letter_for_letter(language, words):
    pdf = printed(sheet("summary", text("a", words, language), code=False))
    found = " ".join(words_of(by_poppler(pdf)))
    # Sentence by sentence: Poppler takes a line of a page that is mostly English from the left.
    for sentence in re.split("[.۔]", words.rstrip(".۔")):
        assert " ".join(words_of(sentence)) in found
    # pypdf keeps the letters of each word in order, but loses some spaces between words.
    letters = sorted("".join(words_of(words)))
    found = "".join(w for w in words_of(by_pypdf(pdf)) if re.fullmatch("[\u0600-\u06ff]+", w))
    assert sorted(found) == letters


def test_bengali_reads_in_order():
    pdf = printed(sheet("summary", text("a", BENGALI, "bn"), code=False))
    assert words_of(BENGALI) == words_of(by_poppler(pdf))[-len(words_of(BENGALI)) :]


@settings(max_examples=15, deadline=None)
@given(st.text(st.sampled_from("#*_$=-+/<>@`\\[]{}()\"'~:;,.|&% \nab1"), min_size=1, max_size=60))
def test_no_word_of_a_story_is_ever_an_instruction(words):
    plain = replace(sheet("booklet", text("a", words), code=False), facts=((words, words),))
    found = by_pypdf(printed(plain))
    for mark in set(words) - set(" \n"):
        assert found.count(mark) >= 3 * words.count(mark)


def test_a_story_can_read_no_file_of_the_service():
    found = by_pypdf(printed(sheet("booklet", text("a", '#read("frame.typ") #import "x.typ": *'))))
    assert '#read("frame.typ") #import "x.typ"' in " ".join(found.split())


def test_only_our_own_fonts_are_used():
    names = {path.stem.split("_")[0] for path in FONTS.glob("*.ttf")}
    with pikepdf.open(BytesIO(printed(full_sheet("booklet")))) as pdf:
        fonts = {
            str(font.BaseFont).split("+")[1].split("-")[0]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert fonts <= names
    assert len(fonts) >= 4


def test_letters_without_a_font_become_boxes_and_lose_no_page():
    odd = sheet("booklet", text("a", "Tea is 茶 to me"), code=False)
    pdf, is_drawn = as_pdf(fitted(odd, MORE))
    assert not is_drawn
    assert words_of("Tea is to me")[:2] == words_of(by_pypdf(pdf).partition("A part")[2])[:2]
    # It is tagged as ever; only what the claim to be PDF/UA adds is missing.
    assert not any("tag" in problem for problem in problems_in(pdf))


@pytest.mark.parametrize("kind", ONE_PAGE)
@pytest.mark.parametrize("length", [40, 20_000])
def test_one_page_is_one_page_whatever_the_story_and_says_what_is_missing(kind, length):
    sections = [text(f"own-{n}", f"{n}. " + "word " * (length // 5)) for n in range(12)]
    made = fitted(sheet(kind, *sections), MORE)
    assert needed(made).fits
    assert needed(made).pages == 1
    found = " ".join(by_pypdf(as_pdf(made)[0]).split())
    assert (MORE in found) == (len(made.sections) < 12)
    shortened = [section for section in made.sections if section.continues]
    assert found.count("This goes on in my passport.") == len(shortened)
    for section in made.sections:
        whole = "word " * (length // 5)
        assert section.continues or section.parts[0].text.endswith(whole)


def test_a_booklet_holds_every_word_however_long():
    words = [f"w{n}" for n in range(3000)]
    pdf = printed(sheet("large-print", text("a", " ".join(words)), code=False))
    assert [w for w in words_of(by_pypdf(pdf)) if re.fullmatch(r"w\d+", w)] == words


@given(st.text(max_size=80), st.integers(1, 60))
def test_cutting_keeps_the_beginning_and_parts_no_letter(words, most):
    kept = cut(words, most)
    assert kept == words or (kept.endswith("…") and words.startswith(kept[:-1]))
    assert len(kept) <= max(most + 1, 1)


def photographed(kind: str, seed: int) -> Image.Image:
    """The card as a cheap phone sees it: few pixels, out of focus, tilted, in poor light."""
    chance = random.Random(seed)
    page = Image.open(BytesIO(as_pictures(fitted(full_sheet(kind), MORE), 140)[0])).convert("L")
    card = page.crop((0, 0, page.width, page.height // 2))
    card = card.rotate(chance.uniform(-12, 12), expand=True, fillcolor=235, resample=3)
    card = _seen_aslant(card, chance.uniform(0.02, 0.05))
    card = card.filter(ImageFilter.GaussianBlur(0.9))
    return card.point(lambda light: int(60 + light * 0.6 + chance.gauss(0, 1)))


def _seen_aslant(card: Image.Image, much: float) -> Image.Image:
    """As from below: the far edge looks shorter."""
    w, h = card.size
    inset = int(w * much)
    corners = (-inset, 0, 0, h, w, h, w + inset, 0)
    return card.transform((w, h), Image.Transform.QUAD, corners, resample=3, fillcolor=235)


@pytest.mark.parametrize("kind", ["wallet-card", "emergency-card"])
@pytest.mark.parametrize("seed", range(2))
def test_a_cheap_phone_reads_the_code_off_the_card(kind, seed):
    found = zxingcpp.read_barcodes(photographed(kind, seed))
    assert [code.text for code in found] == [LINK]
    assert found[0].ec_level == "M"


def test_the_card_is_as_large_as_a_bank_card():
    page = Image.open(BytesIO(as_pictures(fitted(full_sheet("wallet-card"), MORE), 254)[0]))
    dark = page.convert("L").point(lambda light: 255 if light < 128 else 0)
    # The outline is what is widest on the page; ten pixels are a millimetre.
    left, _, right, _ = dark.getbbox()
    assert abs((right - left) / 10 - 2 * 85.6) < 1.5


def test_making_a_pdf_writes_no_file():
    """In a process that may write to no file at all, it is made as ever."""
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from tests.paper.sheets import full_sheet; from passport.paper.fit import fitted;"
        "from passport.paper.typeset import as_pdf;"
        "print(len(as_pdf(fitted(full_sheet('summary'), 'More.'))[0]))"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], capture_output=True, check=True, text=True
    )
    assert int(done.stdout) > 10_000
