"""Pictures of people: taken in as any image, kept small and plain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps, UnidentifiedImageError

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import Profile, User
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import Invalid, NotFound
from lyceum.schools.dropping import drop_files
from lyceum.schools.standing import may_see_face

SIDE = 512
MOST_BYTES = 2 * 1024 * 1024
# Decoded, a pixel takes 3 or 4 bytes of memory, however few the file has.
MOST_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NotAnImage(Invalid):
    """
    The file is no picture that can be read.

    Send a JPEG, PNG, WebP or GIF of 2 MB and 25 megapixels at most.
    """

    code = "not_an_image"
    detail = "The file is no JPEG, PNG, WebP or GIF that can be read."


@dataclass(frozen=True)
class Picture:
    """A stored picture, ready to be sent. `version` changes with every other picture."""

    version: str
    name: str

    def open(self) -> IO[bytes]:
        opened: IO[bytes] = Profile._meta.get_field("avatar").storage.open(self.name)
        return opened


def avatar_address(user: User) -> str:
    """Return where a person's picture is read; "" if they have none."""
    return f"/api/v1/people/{user.uuid}/avatar" if user.profile.avatar else ""


def set_avatar(*, user: User, file: IO[bytes], at: datetime) -> None:
    """
    Replace a person's picture.

    It is decoded and drawn anew, 512 pixels at the longer side: where it was taken, and whatever
    else a file may hold, does not get through.

    :raises NotAnImage: if it is not one that can be read
    """
    _replace(user=user, content=_redrawn(file), at=at)


def remove_avatar(*, user: User, at: datetime) -> None:
    """Remove a person's picture. Done twice, it changes nothing."""
    if user.profile.avatar:
        _replace(user=user, content=None, at=at)


def picture_of(*, person: UUID, reader: User) -> Picture:
    """
    Return a person's picture.

    :raises NotFound: if there is none, or the reader may not see this person
    """
    profile = Profile.objects.filter(user__uuid=person).exclude(avatar="").first()
    if profile is None:
        raise NotFound
    is_known = profile.user_id == reader.pk or reader.is_superuser
    if not is_known and not may_see_face(reader_id=reader.pk, person_id=profile.user_id):
        raise NotFound
    name = str(profile.avatar.name)
    return Picture(version=name.rpartition("/")[2].partition(".")[0], name=name)


def _replace(*, user: User, content: bytes | None, at: datetime) -> None:
    with transaction.atomic():
        profile = Profile.objects.select_for_update().get(user_id=user.pk)
        old = profile.avatar.name
        if content is None:
            profile.avatar = ""
        else:
            profile.avatar.save("avatar.webp", ContentFile(content), save=False)
        profile.save(update_fields=["avatar"])
        drop_files([old or ""])
        record_of_account(
            action="account.avatar_changed",
            user=user,
            actor=user.uuid,
            changes={"avatar": "changed"},
        )
        data = {"fields": ["avatar"]}
        publish(Fact("profile_changed", at=at, actor=user.uuid, subject=user.uuid, data=data))
    user.profile = profile


def _redrawn(file: IO[bytes]) -> bytes:
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotAnImage("The picture has more than 25 megapixels.")
            image.draft("RGB", (SIDE * 2, SIDE * 2))
            # Made small before anything is copied: as it comes, it may take a hundred megabytes.
            image.thumbnail((SIDE * 2, SIDE * 2))
            upright = ImageOps.exif_transpose(image)
            drawn = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        OSError,
        SyntaxError,
        ValueError,
    ) as error:
        raise NotAnImage from error
    drawn.thumbnail((SIDE, SIDE))
    content = BytesIO()
    drawn.save(content, "WEBP", quality=85)
    return content.getvalue()
