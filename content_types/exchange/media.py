"""The files that a content folder's pages show, and their place in the school's library."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import filetype
from django.core.files import File
from django.db.models import Model
from PIL import Image, UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtailmedia.models import get_media_model

from content_types.exchange.complaints import Complaints

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Sort:
    """What a file name's ending promises: which library, which contents, at most how large."""

    library: str
    mime: frozenset[str]
    largest: int


IMAGE = 10 * MEGABYTE
AUDIO = 20 * MEGABYTE
VIDEO = 200 * MEGABYTE
DOCUMENT = 20 * MEGABYTE

SORTS: Mapping[str, Sort] = {
    ".png": Sort("image", frozenset({"image/png"}), IMAGE),
    ".jpg": Sort("image", frozenset({"image/jpeg"}), IMAGE),
    ".jpeg": Sort("image", frozenset({"image/jpeg"}), IMAGE),
    ".webp": Sort("image", frozenset({"image/webp"}), IMAGE),
    ".mp3": Sort("audio", frozenset({"audio/mpeg"}), AUDIO),
    ".ogg": Sort("audio", frozenset({"audio/ogg"}), AUDIO),
    ".m4a": Sort("audio", frozenset({"audio/mp4", "video/mp4"}), AUDIO),
    ".wav": Sort("audio", frozenset({"audio/x-wav"}), AUDIO),
    ".mp4": Sort("video", frozenset({"video/mp4"}), VIDEO),
    ".webm": Sort("video", frozenset({"video/webm"}), VIDEO),
    ".pdf": Sort("document", frozenset({"application/pdf"}), DOCUMENT),
}


def fault_of(path: Path) -> str:
    """Return what is wrong with a file, in one sentence; "" if it is what its name says."""
    sort = SORTS.get(path.suffix.lower())
    if sort is None:
        return f"Files of this sort are not taken; these are: {', '.join(SORTS)}."
    if path.stat().st_size > sort.largest:
        return f"The file is larger than {sort.largest // MEGABYTE} MB."
    kind = filetype.guess(str(path))
    if kind is None or kind.mime not in sort.mime:
        return f"The name says {path.suffix}, but the contents are something else."
    if sort.library == "image":
        try:
            with Image.open(path) as image:
                image.verify()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
            return "The image is damaged."
    return ""


def digest_of(file: Any) -> str:
    """Return the SHA-1 of a file's contents, which is what Wagtail's libraries keep of it."""
    return hashlib.file_digest(file, "sha1").hexdigest()


@dataclass
class Shelf:
    """
    A school's library, as one import sees it: what is there is found again by its contents.

    `added` are the files stored so far, to be taken away again if the import fails.
    """

    collection_id: int
    folder: Path
    complaints: Complaints
    taken: dict[str, Model | None] = field(default_factory=dict)
    added: list[tuple[Any, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        collection = Collection.objects.get(id=self.collection_id)
        self._collections = collection.get_descendants(inclusive=True)

    def resolve(self, model: type[Model], name: str) -> Model | None:
        """Return the library's item for a file name of the folder; None of one of another sort."""
        if name not in self.taken:
            self.taken[name] = self._take(name)
        item = self.taken[name]
        return item if isinstance(item, model) else None

    def discard(self) -> None:
        """Remove the files that this import stored; its rows are rolled back with it."""
        for storage, name in self.added:
            storage.delete(name)

    def _take(self, name: str) -> Model | None:
        if Path(name).name != name or name.startswith("."):
            return None
        path = self.folder / name
        if not path.is_file():
            return None
        fault = "This links to something outside the folder."
        if path.resolve().is_relative_to(self.folder.resolve().parent):
            fault = fault_of(path)
        if fault:
            self.complaints.add(f"media/{name}", fault)
            return None
        with path.open("rb") as file:
            return self._kept(path, digest_of(file)) or self._added(path)

    def _kept(self, path: Path, digest: str) -> Model | None:
        library = SORTS[path.suffix.lower()].library
        rows = model_of(library).objects.filter(collection__in=self._collections, file_hash=digest)
        if library in ("audio", "video"):
            rows = rows.filter(type=library)
        return rows.order_by("pk").first()

    def _added(self, path: Path) -> Model:
        library = SORTS[path.suffix.lower()].library
        with path.open("rb") as stream:
            item = model_of(library)(title=path.name, collection_id=self.collection_id)
            item.file = File(stream, name=path.name)
            if library in ("audio", "video"):
                item.type = library
            else:
                item.file_size, item.file_hash = path.stat().st_size, digest_of(stream)
            item.save()
        self.added.append((item.file.storage, item.file.name))
        return item


def model_of(library: str) -> Any:
    """Return the model of a library: `image`, `audio`, `video` or `document`."""
    if library == "image":
        return get_image_model()
    return get_document_model() if library == "document" else get_media_model()
