"""Looking for words in all that an instance has written down, packed and encoded values too."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote

# What may be base64, of either alphabet, or hex, of at least three words' length. A session that
# Django signs begins with a dot where it is compressed.
PACKED = re.compile(rb"[A-Za-z0-9+/_-]{24,}={0,2}")
HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){12,}")
DEEPEST = 3


def spellings(word: str) -> set[bytes]:
    """Return how a word may be written: as it is, escaped, percent-encoded, packed, as hex."""
    plain = word.lower()
    texts = {plain, json.dumps(plain)[1:-1], quote(plain), quote(plain, safe="")}
    found = {text.encode() for text in texts} | {plain.encode("utf-16-le")}
    for case in {word, plain, word.upper()}:
        found.add(case.encode().hex().encode())
        found |= set(_in_base64(case.encode()))
    return {spelling.lower() for spelling in found}


def words_in(content: bytes, words: Iterable[str]) -> list[str]:
    """Return which of the words stand in some bytes, in any spelling and however packed."""
    wanted = {word: spellings(word) for word in words}
    layers = list(_layers(content, DEEPEST))
    return [
        word
        for word, written in wanted.items()
        if any(spelling in layer for layer in layers for spelling in written)
    ]


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Yield the middle of a word in base64, at each of the three places where it may begin."""
    for before in range(3):
        packed = base64.b64encode(b"\0" * before + plain)
        # The first and last signs depend on what stands beside.
        start = 0 if before == 0 else before + 1
        whole = packed[start : (len(plain) + before) // 3 * 4]
        if len(whole) >= 12:
            yield whole
            yield whole.replace(b"+", b"-").replace(b"/", b"_")


def _layers(content: bytes, depth: int) -> Iterator[bytes]:
    """Yield bytes in lower case, then what they hold packed, and what that holds."""
    yield content.lower()
    if depth == 0:
        return
    for packed in _unpacked(content):
        yield from _layers(packed, depth - 1)


def _unpacked(content: bytes) -> Iterator[bytes]:
    if inflated := _inflated(content):
        yield inflated
    for found in set(PACKED.findall(content)):
        for alphabet in (b"+/", b"-_"):
            try:
                padded = found.rstrip(b"=") + b"=" * (-len(found.rstrip(b"=")) % 4)
                packed = base64.b64decode(padded, altchars=alphabet, validate=True)
            except (binascii.Error, ValueError):
                continue
            if inflated := _inflated(packed):
                yield inflated
            elif packed.isascii() and packed.decode().isprintable():
                yield packed
    for found in set(HEX.findall(content)):
        yield bytes.fromhex(found.decode())


def _inflated(content: bytes) -> bytes:
    for unpack in (zlib.decompress, gzip.decompress):
        try:
            return unpack(content)
        except (zlib.error, OSError, EOFError):
            continue
    return b""
