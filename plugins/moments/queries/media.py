"""The file of an image or a video, for those who may see the moment that uses it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from lyceum.plugin.errors import NotFound
from plugins.moments.actors import Actor
from plugins.moments.models import Media
from plugins.moments.visibility import readable


@dataclass(frozen=True)
class MediaFile:
    """A stored file, ready to be sent. It is never written again under its name."""

    storage: Any
    name: str
    size: int
    content_type: str
    version: str
    is_shown: bool = True


def file_of_media(actor: Actor, media_id: UUID) -> MediaFile:
    """
    Return a file as one may have it: of a moment that one may read, or one's own unused one.

    :raises NotFound: if there is none
    """
    found = (
        Media.objects.of(actor.school)
        .filter(Q(moment__in=readable(actor)) | Q(moment=None, owner=actor.id), uuid=media_id)
        .first()
    )
    if found is None:
        raise NotFound
    return MediaFile(
        storage=found.file.storage,
        name=found.file.name,
        size=found.size,
        content_type=found.content_type,
        version=found.uuid.hex,
    )
