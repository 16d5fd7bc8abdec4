"""Photos: decoded, turned the right way up, made smaller and written anew from their pixels."""

import io

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from passport.media import kinds
from passport.media.kinds import Cleaned, MediaRefused

MOST_PIXELS = 64_000_000
LONGEST_EDGE = 1600
_QUALITY = 85
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "heif": "HEIF"}

register_heif_opener(thumbnails=False)


def clean_photo(content: bytes, name: str) -> Cleaned:
    """The picture alone: no place, device, date or words in it. Raises MediaRefused."""
    Image.MAX_IMAGE_PIXELS = None  # Our own limit below is lower, and refuses instead of warning.
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[name]]) as found:
            if found.width * found.height > MOST_PIXELS:
                raise MediaRefused(kinds.TOO_MANY_PIXELS)
            found.draft("RGB", (LONGEST_EDGE * 2, LONGEST_EDGE * 2))
            upright = ImageOps.exif_transpose(found)
            return _written(_in_standard_colours(upright))
    except (OSError, ValueError, SyntaxError, IndexError, EOFError, UnidentifiedImageError):
        raise MediaRefused(kinds.BROKEN) from None


def _in_standard_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB, which is what pictures without a profile are taken for."""
    has_alpha = image.has_transparency_data
    profile = image.info.get("icc_profile")
    plain = image.convert("RGBA" if has_alpha else "RGB")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return plain
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(
            plain, source, ImageCms.createProfile("sRGB"), outputMode=plain.mode
        )
    except (ImageCms.PyCMSError, OSError):
        return plain
    return turned or plain


def _written(image: Image.Image) -> Cleaned:
    image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    # A fresh picture with these pixels: what the old one had in its `info` stays behind.
    fresh = Image.new(image.mode, image.size)
    fresh.paste(image)
    out = io.BytesIO()
    if fresh.mode == "RGBA":
        fresh.save(out, "WEBP", quality=_QUALITY)
        return Cleaned("image/webp", out.getvalue())
    fresh.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Cleaned("image/jpeg", out.getvalue())
