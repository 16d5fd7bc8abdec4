"""QR codes that a cheap phone reads off paper or a screen.

Error correction M, as SMART Health Links 1.0.0 asks ("Links", QR code), and the quiet zone of four
modules that ISO/IEC 18004 asks.
"""

from io import BytesIO
from typing import Any

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathFillImage

_QUIET_ZONE_MODULES = 4
_PIXELS_PER_MODULE = 10


def qr_svg(text: str) -> bytes:
    """The text as a QR code: an SVG file, black on white, of any size."""
    return _drawn(text, SvgPathFillImage)


def qr_png(text: str) -> bytes:
    """The text as a QR code: a PNG file, ten pixels to a module."""
    return _drawn(text, PilImage)


def _drawn(text: str, kind: Any) -> bytes:
    code = QRCode(
        error_correction=ERROR_CORRECT_M,
        box_size=_PIXELS_PER_MODULE,
        border=_QUIET_ZONE_MODULES,
        image_factory=kind,
    )
    code.add_data(text)
    picture = BytesIO()
    code.make_image().save(picture)
    return picture.getvalue()
