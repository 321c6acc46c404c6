"""A backup as a folder: the database's contents, the files, and a page that says what is there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage, default_storage

from deploy.backup.databases import Counts, engine
from deploy.backup.errors import BackupError

FORMAT = 1
CHUNK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: `digests` maps each of its files to its SHA-256."""

    format: int
    made_at: str  # RFC 3339, UTC
    engine: str
    migrations: list[list[str]]  # app and name
    rows: Counts
    digests: dict[str, str]


def make_backup(folder: Path, *, migrations: list[list[str]], at: datetime) -> Manifest:
    """
    Write database and files of this instance to a new folder.

    The database first: a file uploaded meanwhile is then one too many, not one too few.

    :raises BackupError: the folder is there already, or the database's tools fail.
    """
    unfinished = folder.with_name(folder.name + ".unfinished")
    if folder.exists() or unfinished.exists():
        raise BackupError(f"{folder} is there already, or half of it. Choose another name.")
    unfinished.mkdir(parents=True, mode=0o700)
    database = engine()
    rows = database.take_out(unfinished / database.file)
    for name in stored_files(default_storage):
        _fetch(name, unfinished / "files" / name)
    manifest = Manifest(
        format=FORMAT,
        made_at=at.isoformat(),
        engine=database.name,
        migrations=migrations,
        rows=rows,
        digests={
            str(path.relative_to(unfinished)): digest_of(path)
            for path in sorted(unfinished.rglob("*"))
            if path.is_file()
        },
    )
    (unfinished / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1))
    # Half a backup never bears the name of a whole one.
    unfinished.rename(folder)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """
    Return what a backup says it holds, after comparing it with what is there.

    :raises BackupError: it is no backup, of a format not known here, or damaged.
    """
    try:
        fields: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError) as error:
        raise BackupError(f"{folder} holds no backup: manifest.json cannot be read.") from error
    if fields.get("format") != FORMAT:
        raise BackupError(f"{folder} has a format that this version cannot read.")
    manifest = Manifest(**fields)
    for name, digest in manifest.digests.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise BackupError(f"The backup is damaged: {name} is missing or not what was written.")
    return manifest


def put_files_back(folder: Path, manifest: Manifest) -> int:
    """Write the backup's files to where they were; return how many were missing or different."""
    written = 0
    for name, digest in manifest.digests.items():
        if not name.startswith("files/"):
            continue
        stored = name.removeprefix("files/")
        if _is_stored(stored, digest):
            continue
        # Deleted first: a store gives a new name to what it would have to overwrite.
        default_storage.delete(stored)
        with (folder / name).open("rb") as source:
            kept_as = default_storage.save(stored, source)
        if kept_as != stored:
            raise BackupError(f"{stored} was stored as {kept_as}: is somebody else writing there?")
        written += 1
    return written


def stored_files(store: Storage, below: str = "") -> Iterator[str]:
    """Yield the names of all files in a store."""
    try:
        folders, files = store.listdir(below)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    for name in sorted(files):
        if name:
            yield f"{below}{name}"
    for name in sorted(folders):
        yield from stored_files(store, f"{below}{name}/")


def digest_of(path: Path) -> str:
    """Return a file's SHA-256, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        stored = default_storage.open(name)
    except FileNotFoundError:  # deleted since it was listed
        return
    with stored, path.open("wb") as copy:
        for chunk in stored.chunks(CHUNK):
            copy.write(chunk)


def _is_stored(name: str, digest: str) -> bool:
    try:
        with default_storage.open(name) as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False
