"""QR codes, read back by a decoder that we did not write."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from passport.paper.qr_code import qr_png, qr_svg

LINK = "https://passport.example/view#shlink:/" + "eyJ1cmwiOiJodHRwczovL3Bhc3Nwb3J0" * 8


def decoded(png: bytes) -> str:
    found = zxingcpp.read_barcodes(Image.open(BytesIO(png)))
    return found[0].text if len(found) == 1 else ""


def test_the_png_says_exactly_the_link():
    assert decoded(qr_png(LINK)) == LINK


def test_the_svg_says_exactly_the_link(page):
    page.set_content(qr_svg(LINK).decode().partition("?>")[2])
    assert decoded(page.locator("svg").screenshot()) == LINK


def test_both_have_error_correction_m():
    found = zxingcpp.read_barcodes(Image.open(BytesIO(qr_png(LINK))))
    assert found[0].ec_level == "M"


def test_the_png_has_a_white_edge_of_four_modules():
    picture = Image.open(BytesIO(qr_png(LINK))).convert("L")
    edge = picture.crop((0, 0, picture.width, 40))
    assert edge.getextrema() == (255, 255)


@pytest.mark.parametrize("width", [300, 600])
def test_a_picture_made_smaller_still_reads(width):
    picture = Image.open(BytesIO(qr_png(LINK))).convert("L").resize((width, width))
    small = BytesIO()
    picture.save(small, "PNG")
    assert decoded(small.getvalue()) == LINK
