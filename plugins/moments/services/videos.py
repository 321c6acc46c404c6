"""Videos: known by their contents, and kept without the descriptions that name a place."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from os import SEEK_END
from typing import IO

MP4, WEBM = "video/mp4", "video/webm"
HEAD = 8
# Of an MP4, where programs note who filmed, with what, and where (ISO/IEC 14496-12, 8.10 and 8.11).
DESCRIBING = frozenset({b"udta", b"meta"})
HOLDING = frozenset({b"moov", b"trak"})
MOST_BOXES = 10_000


def video_type(file: IO[bytes]) -> str:
    """Return the content type of a whole MP4 or a WebM by its contents; "" of anything else."""
    file.seek(0)
    head = file.read(64)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return WEBM
    if head[4:8] == b"ftyp" and {b"moov", b"mdat"} <= {name for name, _, _ in _boxes(file)}:
        return MP4
    return ""


def unmarked(file: IO[bytes], content_type: str) -> None:
    """Make the descriptions in an MP4 free space, in place: nothing else in it moves."""
    if content_type != MP4:
        return
    for _, start, end in list(_describing(file, 0, file.seek(0, SEEK_END), 0)):
        file.seek(start + 4)
        file.write(b"free")
        body = start + HEAD
        file.seek(body)
        file.write(b"\0" * (end - body))


def _describing(
    file: IO[bytes], start: int, end: int, depth: int
) -> Iterator[tuple[bytes, int, int]]:
    for name, at, until in _boxes(file, start, end):
        if name in DESCRIBING:
            yield name, at, until
        elif name in HOLDING and depth < 2:
            yield from _describing(file, at + HEAD, until, depth + 1)


def _boxes(
    file: IO[bytes], start: int = 0, end: int | None = None
) -> Iterator[tuple[bytes, int, int]]:
    """Yield the boxes of an ISO container as name, first byte and end, as far as they hold."""
    end = file.seek(0, SEEK_END) if end is None else end
    at, count = start, 0
    while at + HEAD <= end and count < MOST_BOXES:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(HEAD))
        if size == 1:
            size = struct.unpack(">Q", file.read(8).ljust(8, b"\0"))[0]
        elif size == 0:
            size = end - at
        if size < HEAD or at + size > end:
            return
        yield name, at, at + size
        at += size
        count += 1
