"""Images as they are kept: decoded and drawn anew, without what their files told beside."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from os import SEEK_END
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES = 10_000_000
MOST_PIXELS = 25_000_000  # decoded, each takes 3 or 4 bytes of memory
SIDE = 2048
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NotAPicture(Exception):
    """The file is no image that can be read."""


@dataclass(frozen=True)
class Picture:
    """A WebP image, and its size in pixels."""

    content: bytes
    width: int
    height: int


def redrawn(file: IO[bytes]) -> Picture:
    """
    Draw an image anew as WebP, upright, 2,048 pixels at the longer side. Of many frames, the first.

    :raises NotAPicture: if it is no image, or too large
    """
    if file.seek(0, SEEK_END) > MOST_BYTES:
        raise NotAPicture("An image may have 10 MB at most.")
    file.seek(0)
    try:
        with Image.open(file, formats=FORMATS) as image:
            # Its size is told by its head: nothing is decoded yet.
            if image.width * image.height > MOST_PIXELS:
                raise NotAPicture("An image may have 25 megapixels at most.")
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            image.thumbnail((SIDE, SIDE))
            upright = ImageOps.exif_transpose(image)
            drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise NotAPicture from error
    content = BytesIO()
    drawn.save(content, "WEBP", quality=82)
    return Picture(content.getvalue(), drawn.width, drawn.height)
