"""The files that a content folder's pages show, and their place in the school's library."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import Model
from PIL import Image, UnidentifiedImageError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtailmedia.models import get_media_model

from content_types.exchange.complaints import Complaints
from lyceum.plugin.library import (
    AUDIO,
    DOCUMENT,
    IMAGE,
    VIDEO,
    Sort,
    check_pixels,
    check_upload,
    ending_of,
)

# A .webm is taken for video: as audio there are the other endings.
SORTS: Mapping[str, Sort] = {
    ending: sort for sort in (IMAGE, AUDIO, VIDEO, DOCUMENT) for ending in sort.contents
}


def fault_of(path: Path) -> str:
    """Return what is wrong with a file, in one sentence; "" if it is what its name says."""
    sort = SORTS.get(ending_of(path.name))
    if sort is None:
        known = ", ".join(f".{ending}" for ending in SORTS)
        return f"Files of this sort are not taken. These are: {known}."
    try:
        with path.open("rb") as stream:
            check_upload(File(stream, name=path.name), sort)
        if sort is IMAGE:
            with Image.open(path) as image:
                check_pixels(image)
                image.verify()
    except ValidationError as error:
        return " ".join(error.messages)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return "The image is damaged, or has too many pixels."
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
        library = SORTS[ending_of(path.name)].name
        rows = model_of(library).objects.filter(collection__in=self._collections, file_hash=digest)
        if library in ("audio", "video"):
            rows = rows.filter(type=library)
        return rows.order_by("pk").first()

    def _added(self, path: Path) -> Model:
        library = SORTS[ending_of(path.name)].name
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
