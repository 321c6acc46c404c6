"""Pictures of people: taken in as any image, kept small and plain."""

from __future__ import annotations

from datetime import datetime
from typing import IO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import Profile, User
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import NotFound
from lyceum.kernel.pictures import StoredPicture, redrawn
from lyceum.schools.dropping import drop_files
from lyceum.schools.standing import may_see_face

SIDE = 512


def avatar_address(user: User) -> str:
    """Return where a person's picture is read; "" if they have none."""
    return f"/api/v1/people/{user.uuid}/avatar" if user.profile.avatar else ""


def set_avatar(*, user: User, file: IO[bytes], at: datetime) -> None:
    """
    Replace a person's picture.

    It is drawn anew, as a square of its middle, 512 pixels at most: it can be shown in a circle.

    :raises NotAnImage: if it is not one that can be read
    """
    _replace(user=user, content=redrawn(file, side=SIDE, square=True), at=at)


def remove_avatar(*, user: User, at: datetime) -> None:
    """Remove a person's picture. Done twice, it changes nothing."""
    if user.profile.avatar:
        _replace(user=user, content=None, at=at)


def picture_of(*, person: UUID, reader: User) -> StoredPicture:
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
    return StoredPicture(str(profile.avatar.name), profile.avatar.storage)


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
