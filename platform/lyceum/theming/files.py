"""The static files of themes: read when the process starts, each once as it is and once packed."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from lyceum.theming.joining import join

FOLDER = "static"
# A front end begins with the one; the other is all of it in one file.
ENTRY, JOINED = "app.js", "app.joined.js"
# Of these a theme that extends another brings what it has beside the other's, not in its place.
STYLE, WORDS = "theme.css", "words/"
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
    """
    Return the static files of themes by their names; a later folder's come first.

    A later style sheet follows the one before it in one file, and later sayings are added.

    :raises ValueError: if there are sayings that are no JSON in UTF-8
    """
    found: dict[str, bytes] = {}
    for folder in folders:
        top = folder / FOLDER
        for file in sorted(top.rglob("*")):
            if file.suffix in TYPES and file.is_file() and not file.name.startswith("."):
                name = file.relative_to(top).as_posix()
                found[name] = _beside(name, found.get(name), file.read_bytes())
    return {name: _packed(content, Path(name).suffix) for name, content in found.items()}


def _beside(name: str, before: bytes | None, content: bytes) -> bytes:
    if before is None:
        return content
    if name == STYLE:
        return before + b"\n" + content
    if name.startswith(WORDS):
        sayings = {**json.loads(before), **json.loads(content)}
        return json.dumps(sayings, ensure_ascii=False, indent=1).encode()
    return content


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
