"""The static files of themes: read when the process starts, each once as it is and once packed."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from lyceum.theming.joining import join

FOLDER = "static"
# A front end begins with the one; the other is all of it in one file.
ENTRY, JOINED = "app.js", "app.joined.js"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
}
WORTH_PACKING = frozenset({".js", ".css", ".json", ".svg"})


@dataclass(frozen=True)
class StaticFile:
    """A file as it is sent; `packed` by gzip, or empty where that gains nothing."""

    content: bytes
    packed: bytes
    type: str


def read_files(*folders: Path) -> dict[str, StaticFile]:
    """Return the static files of themes by their names; a later folder's come first."""
    found: dict[str, StaticFile] = {}
    for folder in folders:
        top = folder / FOLDER
        for file in sorted(top.rglob("*")):
            if file.suffix in TYPES and file.is_file() and not file.name.startswith("."):
                found[file.relative_to(top).as_posix()] = _packed(file.read_bytes(), file.suffix)
    return found


def joined(files: Mapping[str, StaticFile]) -> StaticFile:
    """
    Return the scripts of a front end as one file.

    :raises CannotJoin: saying which module cannot be joined, and why
    """
    sources = {name: file.content.decode() for name, file in files.items() if name.endswith(".js")}
    return _packed(join(ENTRY, sources).encode(), ".js")


def version_of(files: Mapping[str, StaticFile]) -> str:
    """Return what changes with any of the files: their addresses hold it."""
    digest = blake2b(digest_size=6)
    for name, file in sorted(files.items()):
        digest.update(f"{name} {len(file.content)} ".encode() + file.content)
    return digest.hexdigest()


def _packed(content: bytes, suffix: str) -> StaticFile:
    # No time within, so that equal files are equal bytes.
    packed = gzip.compress(content, 9, mtime=0) if suffix in WORTH_PACKING else b""
    return StaticFile(content, packed if len(packed) < len(content) else b"", TYPES[suffix])
