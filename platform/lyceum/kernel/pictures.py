"""Pictures that people hand in: taken in as any image, kept small and plain."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import IO

from django.core.files.storage import Storage
from PIL import Image, ImageOps, UnidentifiedImageError

from lyceum.kernel.errors import Invalid

MOST_BYTES = 2 * 1024 * 1024
# Decoded, a pixel takes 3 or 4 bytes of memory, however few the file has.
MOST_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


@dataclass(frozen=True)
class StoredPicture:
    """A stored picture, ready to be sent. `version` changes with every other picture."""

    name: str
    storage: Storage

    @property
    def version(self) -> str:
        return version_of(self.name)

    def open(self) -> IO[bytes]:
        opened: IO[bytes] = self.storage.open(self.name)
        return opened


def version_of(name: str) -> str:
    """Return what of a picture's name no other picture has: it is stored under a new one."""
    return name.rpartition("/")[2].partition(".")[0]


class NotAnImage(Invalid):
    """
    The file is no picture that can be read.

    Send a JPEG, PNG, WebP or GIF of 2 MB and 25 megapixels at most.
    """

    code = "not_an_image"
    detail = "The file is no JPEG, PNG, WebP or GIF that can be read."


def redrawn(file: IO[bytes], *, side: int, square: bool = False) -> bytes:
    """
    Return a picture as WebP, `side` pixels at most at its longer side, drawn anew.

    Of a `square` one it is the middle that stays, as it is seen upright. Where it was taken, and
    whatever else a file may hold, does not get through; of an animation its first picture does.

    :raises NotAnImage: if it is not one that can be read
    """
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAnImage("The picture has more than 25 megapixels.")
            enough = _enough(image.size, side * 2) if square else (side * 2, side * 2)
            image.draft("RGB", enough)
            # Made small before anything is copied: as it comes, it may take a hundred megabytes.
            image.thumbnail(enough)
            # The middle is the middle whichever way up; what is cut off need not be turned.
            upright = ImageOps.exif_transpose(_middle(image) if square else image)
            drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise NotAnImage from error
    drawn.thumbnail((side, side))
    content = BytesIO()
    drawn.save(content, "WEBP", quality=85)
    return content.getvalue()


def _middle(image: Image.Image) -> Image.Image:
    """Return the largest square in the middle of a picture."""
    edge = min(image.size)
    left, top = (image.width - edge) // 2, (image.height - edge) // 2
    return image.crop((left, top, left + edge, top + edge))


def _enough(size: tuple[int, int], shorter: int) -> tuple[int, int]:
    """Return a size of the same shape whose shorter side is this many pixels, in whole ones."""
    least = min(size)
    width, height = (max(1, ceil(each * shorter / least)) for each in size)
    return width, height
