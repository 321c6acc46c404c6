"""Files to be read: which there are under an id, and whether this reader may."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files.storage import Storage
from wagtail.images.models import Filter, SourceImageIOError
from wagtail.models import Collection

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.content.documents.rendering import FILE, TEXTS
from lyceum.content.documents.telling import pages_hiding
from lyceum.content.facts import PageKey, facts_of, gates
from lyceum.content.files.addresses import RENDITION_WIDTHS, address_of
from lyceum.content.models import (
    BasePage,
    ImageRendition,
    LibraryDocument,
    LibraryImage,
    LibraryMedia,
    Recording,
)
from lyceum.content.reading import kinds_by_id
from lyceum.content.visibility import Reader
from lyceum.kernel.errors import Forbidden, NotFound

MOST_USERS = 100

# What a browser may show by itself; all else is handed over as a file to keep.
SHOWN = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True)
class StoredFile:
    """A file that a reader may have. `version` changes with its contents."""

    storage: Storage
    name: str
    content_type: str
    is_shown: bool
    version: str

    @cached_property
    def size(self) -> int:
        """
        Its size in bytes. A bucket is asked for it over the network, so only when it is needed.

        :raises NotFound: if the file itself is gone
        """
        try:
            return self.storage.size(self.name)
        except OSError as error:
            raise NotFound from error


@dataclass(frozen=True)
class FileFacts:
    """What is told of a file. Transcripts are not: a listening task's is its answer."""

    id: UUID
    kind: str
    content_type: str
    size: int
    src: str
    width: int = 0
    height: int = 0
    seconds: float = 0


def find_file(uuid: UUID, reader: Reader, user: Any, *, rendition: str = "") -> StoredFile:
    """
    Return a file, or a rendition of it, for a reader who may have it.

    :raises NotFound: if there is none that the reader may know of
    :raises PrerequisiteMissing: if all that shows it is locked for this reader
    """
    # Captions are seen where they are told: of a listening task's sound they are the answer.
    thing = _find(uuid, reader, user, part=TEXTS if rendition == "captions" else FILE)
    if isinstance(thing, Recording):
        if rendition:
            raise NotFound
        return _stored(thing.file, content_type=thing.content_type, is_shown=True)
    if not rendition:
        return _stored(thing.file)
    if isinstance(thing, LibraryMedia) and rendition == "captions" and thing.captions:
        return _stored(thing.captions, content_type="text/vtt", is_shown=False)
    if isinstance(thing, LibraryImage) and rendition in RENDITION_WIDTHS:
        return _smaller(thing, RENDITION_WIDTHS[rendition])
    raise NotFound


def describe_file(uuid: UUID, reader: Reader, user: Any) -> FileFacts:
    """
    Return what is told of a file.

    :raises NotFound: as `find_file`
    """
    thing = _find(uuid, reader, user)
    stored = find_file(uuid, reader, user)
    kind = {LibraryImage: "image", LibraryDocument: "document", Recording: "recording"}.get(
        type(thing), getattr(thing, "type", "")
    )
    seconds = getattr(thing, "duration", None) or getattr(thing, "seconds", None) or 0
    return FileFacts(
        id=uuid,
        kind=kind,
        content_type=stored.content_type,
        size=_known_size(thing) or stored.size,
        src=address_of(uuid),
        width=getattr(thing, "width", None) or 0,
        height=getattr(thing, "height", None) or 0,
        seconds=float(seconds),
    )


def _find(uuid: UUID, reader: Reader, user: Any, *, part: str = FILE) -> Any:
    recording = Recording.objects.filter(uuid=uuid, school_id=reader.school.id).first()
    if recording is not None:
        if not _may_hear(recording, reader, user):
            raise NotFound
        return recording
    place = Collection.objects.filter(pk=reader.school.collection_id)
    path = place.values_list("path", flat=True).first() or "none"
    for model in (LibraryImage, LibraryMedia, LibraryDocument):
        thing = model.objects.filter(uuid=uuid, collection__path__startswith=path).first()
        if thing is not None:
            if not reader.is_staff:
                _let_in(uuid, reader, part)
            return thing
    raise NotFound


def _may_hear(recording: Recording, reader: Reader, user: Any) -> bool:
    """Return whether it is one's own, or one that a learner handed in for this person to hear."""
    if not isinstance(user, User):
        return False
    if recording.owner_id == user.pk:
        return True
    return reader.is_staff and can(user, "learning.review_attempts", recording)


def _let_in(uuid: UUID, reader: Reader, part: str) -> None:
    """Let pass who may read a page that shows this part of a file, as far as the gates open."""
    kinds = kinds_by_id(reader.school)
    rows = (
        BasePage.objects.order_by()
        .filter(references__kind=part, references__target=str(uuid))
        .visible_to(reader)
        .values_list("pk", "uuid", "path", "content_type_id")[:MOST_USERS]
    )
    pages = [
        PageKey(id=pk, uuid=page, path=path, type=kinds[type_].plural)
        for pk, page, path, type_ in rows
        if type_ in kinds
    ]
    hiding = pages_hiding(uuid, [page.id for page in pages], reader.school)
    pages = [page for page in pages if page.id not in hiding]
    facts = facts_of(reader, pages)
    refusal: Forbidden | NotFound = NotFound()
    for page in pages:
        try:
            for gate in gates:
                gate(reader, page, facts[page.id])
        except Forbidden as error:
            refusal = error
        else:
            return
    raise refusal


def _smaller(image: LibraryImage, width: int) -> StoredFile:
    wanted = Filter(spec=f"width-{width}")
    try:
        made = image.find_existing_rendition(wanted)
    except ImageRendition.DoesNotExist:
        made = _drawn(image, wanted)
    return _stored(made.file)


def _drawn(image: LibraryImage, wanted: Filter) -> ImageRendition:
    """
    Draw a rendition, as `create_rendition` does, which leaves the file that it drew into open.

    :raises NotFound: if the file of the image is gone
    """
    try:
        drawn = image.generate_rendition_file(wanted)
    except SourceImageIOError as error:
        raise NotFound from error
    with drawn:
        made, _ = image.renditions.get_or_create(
            filter_spec=wanted.spec,
            focal_point_key=wanted.get_cache_key(image),
            defaults={"file": drawn},
        )
    return made


def _stored(file: Any, *, content_type: str = "", is_shown: bool | None = None) -> StoredFile:
    known = SHOWN.get(PurePosixPath(file.name).suffix.lower(), "")
    # Each is stored under a name of its own, and what replaces it gets another one.
    digest = blake2b(file.name.encode(), digest_size=12).hexdigest()
    return StoredFile(
        storage=file.storage,
        name=file.name,
        content_type=content_type or known or "application/octet-stream",
        is_shown=bool(known) if is_shown is None else is_shown,
        version=digest,
    )


def _known_size(thing: Any) -> int:
    """Return the size that a row tells of its file; 0 where none does."""
    return int(getattr(thing, "size", 0) or getattr(thing, "file_size", 0) or 0)
