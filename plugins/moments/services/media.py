"""Images and videos: taken in if they are what they seem, within a quota, cleared if unused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from os import SEEK_END
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import F

from lyceum.plugin.community import check_posting
from lyceum.plugin.errors import Conflict, Forbidden, Invalid, NotFound
from lyceum.plugin.files import drop_files
from lyceum.plugin.identity import new_uuid
from lyceum.plugin.privacy import hold
from plugins.moments.actors import Actor, check_may_post, settings_at
from plugins.moments.models import Media, Moment, Participant
from plugins.moments.services.pictures import NotAPicture, Picture, redrawn
from plugins.moments.services.videos import unmarked, video_type

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
MOST_IMAGES, MOST_VIDEOS = 10, 4
UNUSED_FOR = timedelta(hours=24)


class NotMedia(Invalid):
    """
    The file is no image or video that is taken here.

    Send a JPEG, PNG, WebP or GIF of at most 10 MB and 25 megapixels, or an MP4 or WebM video of at
    most 50 MB.
    """

    code = "not_media"
    detail = "The file is no image or video that is taken here."


class MediaNotAllowed(Forbidden):
    """The school lets moments have no media of this kind."""

    code = "media_not_allowed"
    detail = "The school lets moments have no media of this kind."


class MediaInUse(Conflict):
    """The file belongs to a moment, and goes with it."""

    code = "media_in_use"
    detail = "This file belongs to a moment."


class MediaQuotaExceeded(Conflict):
    """What one person may keep here is used up. Delete moments with media, or unused files."""

    code = "media_quota_exceeded"
    detail = "There is no room for more media."


def keep_media(*, actor: Actor, file: IO[bytes], at: datetime) -> Media:
    """
    Keep an image or a video until a moment uses it.

    An image is decoded and drawn anew: where it was taken, and whatever else its file may hold,
    does not get through. Of an MP4 the descriptions go, the film stays as it is.

    :raises PostingNotAllowed: if the school does not let this person post
    :raises NotMedia: if it is not what is taken
    :raises MediaNotAllowed: if the school allows no media of its kind
    :raises MediaQuotaExceeded: if there is no room for it
    """
    check_may_post(actor)
    check_posting(author=actor.user, school=actor.school, at=at)
    allowed = settings_at(actor.school).media
    if allowed == "none":
        raise MediaNotAllowed
    row = Media(school_id=actor.school.id, owner=actor.user, created_at=at)
    content_type = video_type(file)
    if content_type and allowed != "all":
        raise MediaNotAllowed
    content = _as_video(row, file, content_type) if content_type else _as_image(row, file)
    with transaction.atomic():
        hold(actor.user)
        _take_room(actor, row.size)
        row.file.save(content.name, content, save=False)
        row.save()
    return row


def drop_media(*, actor: Actor, media_id: UUID) -> None:
    """
    Delete one's own file that no moment uses.

    :raises NotFound: if one has none of this id
    :raises MediaInUse: if a moment uses it
    """
    with transaction.atomic():
        own = Media.objects.of(actor.school).filter(owner=actor.id, uuid=media_id)
        row = own.select_for_update(no_key=True).first()
        if row is None:
            raise NotFound
        if row.moment_id is not None:
            raise MediaInUse
        delete_media([row])


def take_media(actor: Actor, media: Sequence[UUID], moment: Moment) -> list[str]:
    """
    Give one's own unused files to a moment, in this order; return their kinds. In a transaction.

    :raises Invalid: if one of them is not there, is used, or there are too many
    """
    wanted = list(dict.fromkeys(media))
    own = Media.objects.of(actor.school).filter(owner=actor.id, moment=None, uuid__in=wanted)
    rows = {row.uuid: row for row in own.select_for_update(no_key=True)}
    missing = [number for number, uuid in enumerate(wanted) if uuid not in rows]
    if missing:
        told = ["There is no such unused file of yours."]
        raise Invalid(fields={f"media.{number}": told for number in missing})
    kinds = [rows[uuid].kind for uuid in wanted]
    if kinds.count(Media.Kind.IMAGE) > MOST_IMAGES or kinds.count(Media.Kind.VIDEO) > MOST_VIDEOS:
        told = [f"A moment has {MOST_IMAGES} images and {MOST_VIDEOS} videos at most."]
        raise Invalid(fields={"media": told})
    for place, uuid in enumerate(wanted):
        rows[uuid].moment, rows[uuid].place = moment, place
    Media.objects.bulk_update(rows.values(), ["moment", "place"])
    return kinds


def delete_media(rows: Sequence[Media]) -> None:
    """Delete files, and give their room back. Inside a transaction; the bytes go after it."""
    drop_files(str(row.file.name) for row in rows)
    for row in rows:
        participants = Participant.objects.filter(school_id=row.school_id, person_id=row.owner_id)
        participants.filter(media_bytes__gte=row.size).update(
            media_bytes=F("media_bytes") - row.size
        )
    Media.objects.filter(pk__in=[row.pk for row in rows]).delete()


def clear_unused(*, school_id: int, at: datetime) -> int:
    """Delete the files that no moment came to use within a day; return how many."""
    with transaction.atomic():
        unused = Media.objects.filter(
            school_id=school_id, moment=None, created_at__lt=at - UNUSED_FOR
        )
        rows = list(unused.select_for_update(no_key=True, skip_locked=True).order_by("id")[:500])
        delete_media(rows)
    return len(rows)


def _as_video(row: Media, file: IO[bytes], content_type: str) -> File:
    unmarked(file, content_type)
    row.kind, row.content_type = Media.Kind.VIDEO, content_type
    row.size = file.seek(0, SEEK_END)
    file.seek(0)
    return File(file, name=f"{new_uuid().hex}.{content_type.partition('/')[2]}")


def _as_image(row: Media, file: IO[bytes]) -> ContentFile:
    try:
        picture: Picture = redrawn(file)
    except NotAPicture as error:
        raise NotMedia(str(error) or None) from error
    row.kind, row.content_type = Media.Kind.IMAGE, "image/webp"
    row.width, row.height, row.size = picture.width, picture.height, len(picture.content)
    return ContentFile(picture.content, name="image.webp")


def _take_room(actor: Actor, size: int) -> None:
    quota = settings_at(actor.school).media_megabytes * MEGABYTE
    own = {"school_id": actor.school.id, "person": actor.user}
    Participant.objects.get_or_create(**own)
    fitting = Participant.objects.filter(**own, media_bytes__lte=quota - size)
    if size > quota or not fitting.update(media_bytes=F("media_bytes") + size):
        raise MediaQuotaExceeded
