"""What may be put into a library: a limit a kind, and contents that are what the name says."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from lyceum.kernel.identity import new_uuid

MEGABYTE = 1_000_000
HEAD = 8192


@dataclass(frozen=True)
class Sort:
    """One sort of upload: the endings it may have with what each must hold, and its size."""

    name: str
    limit: int
    contents: dict[str, frozenset[str]]


MP4 = frozenset({"video/mp4", "audio/mp4", "video/quicktime", "audio/m4a", "video/x-m4v"})
WEBM = frozenset({"video/webm", "video/x-matroska"})

IMAGE_TYPES = {
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
# Wagtail holds images to these two settings itself, and to the number of their pixels.
IMAGE = Sort(
    "image",
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE,
    {ending: frozenset({IMAGE_TYPES[ending]}) for ending in settings.WAGTAILIMAGES_EXTENSIONS},
)
DOCUMENT = Sort(
    "document", settings.WAGTAILDOCS_MAX_UPLOAD_SIZE, {"pdf": frozenset({"application/pdf"})}
)
AUDIO = Sort(
    "audio",
    50 * MEGABYTE,
    {
        "mp3": frozenset({"audio/mpeg"}),
        "ogg": frozenset({"audio/ogg"}),
        "m4a": MP4,
        "wav": frozenset({"audio/x-wav"}),
        "webm": WEBM,
    },
)
VIDEO = Sort("video", 500 * MEGABYTE, {"mp4": MP4, "webm": WEBM})
# WebVTT is text, told by its first line (`check_captions`).
CAPTIONS = Sort("captions", MEGABYTE, {"vtt": frozenset()})


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def random_name(name: str) -> str:
    """Return a name for storage that tells nothing of the one it was uploaded under."""
    return f"{new_uuid().hex}.{ending_of(name)}"


def check_upload(file: Any, sort: Sort) -> None:
    """
    Check an uploaded file's ending, size and contents.

    :raises ValidationError: if it is too large, or not what its name says
    """
    ending = ending_of(file.name)
    expected = sort.contents.get(ending)
    if expected is None:
        raise ValidationError(told_of(sort)["wrong"])
    if file.size > sort.limit:
        raise ValidationError(told_of(sort)["large"])
    file.seek(0)
    head = file.read(HEAD)
    guessed = filetype.guess(head)
    is_whole = WHOLE.get(ending, _anything)
    if guessed is None or guessed.mime not in expected or not is_whole(file, head):
        told = _("The name says .%(ending)s, but the contents are something else.")
        raise ValidationError(told % {"ending": ending})
    file.seek(0)


def told_of(sort: Sort) -> dict[str, str]:
    """Return what is said of a file that is too `large`, or of a `wrong` ending."""
    known = ", ".join(f".{known}" for known in sort.contents)
    return {
        "large": _("The file is larger than %(most)s MB.") % {"most": sort.limit // MEGABYTE},
        "wrong": _("Files of this sort are not taken. These are: %(known)s.") % {"known": known},
    }


def check_pixels(image: Image.Image) -> None:
    """
    Check that an image, opened but not decoded, has no more pixels than forms take.

    :raises ValidationError: if it has more, in all its frames together
    """
    most = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
    if image.width * image.height * getattr(image, "n_frames", 1) > most:
        told = _("The image has more than %(most)s million pixels.")
        raise ValidationError(told % {"most": most // 1_000_000})


def check_captions(file: Any) -> None:
    """
    Check that a file holds WebVTT captions.

    :raises ValidationError: if it does not
    """
    if ending_of(file.name) != "vtt":
        raise ValidationError(_("Captions are WebVTT files (.vtt)."))
    if file.size > CAPTIONS.limit:
        raise ValidationError(_("Captions are not larger than 1 MB."))
    file.seek(0)
    try:
        text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Captions are written in UTF-8.")) from error
    first = text.split("\n", 1)[0].strip()
    if first.split(" ")[0].split("\t")[0] != "WEBVTT" or "-->" not in text:
        raise ValidationError(_("WebVTT begins with the line WEBVTT, and has cues with -->."))
    file.seek(0)


def _anything(file: Any, head: bytes) -> bool:
    return True


def _is_whole_pdf(file: Any, head: bytes) -> bool:
    file.seek(max(0, file.size - 2048))
    return head.startswith(b"%PDF-") and b"%%EOF" in file.read()


def _is_whole_wav(file: Any, head: bytes) -> bool:
    return head[8:12] == b"WAVE" and b"fmt " in head


def _is_whole_mp4(file: Any, head: bytes) -> bool:
    return {b"moov", b"mdat"} <= set(_boxes(file))


def _boxes(file: Any) -> Iterator[bytes]:
    """Yield the names of an ISO container's boxes (ISO/IEC 14496-12), as far as they hold."""
    at = 0
    while at + 8 <= file.size:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        if size == 1:
            size = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0]
        elif size == 0:
            size = file.size - at
        if size < 8 or at + size > file.size:
            return
        yield name
        at += size


WHOLE: dict[str, Callable[[Any, bytes], bool]] = {
    "pdf": _is_whole_pdf,
    "wav": _is_whole_wav,
    "mp4": _is_whole_mp4,
    "m4a": _is_whole_mp4,
}
