"""Recordings that members hand in: taken if they are sound, and given up while unused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from os import SEEK_END
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, Sum

from lyceum.accounts.models import User
from lyceum.content.models import Recording
from lyceum.events.services import record_audit
from lyceum.kernel.errors import Conflict, Invalid, NotFound
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.dropping import drop_files

MOST_BYTES = 20 * 1024 * 1024


class NotARecording(Invalid):
    """
    The file is no sound that is taken here.

    Send WebM, Ogg, MP3, M4A or WAV, of 20 MB at most.
    """

    code = "not_a_recording"
    detail = "The file is no WebM, Ogg, MP3, M4A or WAV recording."


class RecordingInUse(Conflict):
    """The recording is part of an answer that was handed in, and stays with it."""

    code = "recording_in_use"
    detail = "This recording is part of an answer."


class QuotaExceeded(Conflict):
    """
    What one person may keep here, or all people of the school together, is used up.

    Delete recordings that are in no answer: `DELETE /api/v1/media/{id}`.
    """

    code = "quota_exceeded"
    detail = "There is no room for more recordings."


@dataclass(frozen=True)
class Kept:
    """A recording that was taken in."""

    id: UUID
    content_type: str
    size: int


# Each says whether something of its room holds a recording, by its owner's id and its UUID.
recording_uses: Registry[Callable[[int, UUID], bool]] = Registry("recording uses")


def sound_type(head: bytes) -> str:
    """Return the content type of sound by its first bytes; "" of anything else."""
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "audio/webm"
    if head.startswith(b"OggS"):
        return "audio/ogg"
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    # MPEG audio, layer III: its tag, or the sync bits of its first frame.
    if head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return "audio/mpeg"
    return ""


@transaction.atomic
def keep_recording(*, school: CurrentSchool, owner: User, file: IO[bytes], at: datetime) -> Kept:
    """
    Keep a member's recording, and return it.

    :raises NotARecording: if its first bytes are not those of a sound that is taken
    :raises QuotaExceeded: if there is no room for it
    """
    content_type = sound_type(file.read(512))
    if not content_type:
        raise NotARecording
    size = file.seek(0, SEEK_END)
    file.seek(0)
    _check_room(school, owner, size)
    recording = Recording(
        school_id=school.id, owner=owner, content_type=content_type, size=size, created_at=at
    )
    recording.file.save(str(recording.uuid), File(file, name=str(recording.uuid)), save=False)
    recording.save()
    record_audit(
        action="recording.kept",
        school=school.uuid,
        actor=owner.uuid,
        target=recording.uuid,
        target_type="recording",
    )
    return Kept(id=recording.uuid, content_type=content_type, size=size)


def _check_room(school: CurrentSchool, owner: User, size: int) -> None:
    # One person's uploads wait for each other here. Those of a school's many people do not: it may
    # come to hold a little more than it should.
    User.objects.select_for_update(of=("self",)).only("pk").get(pk=owner.pk)
    in_school = Recording.objects.filter(school_id=school.id)
    kept = in_school.aggregate(all=Sum("size"), own=Sum("size", filter=Q(owner=owner)))
    if (kept["own"] or 0) + size > settings.LYCEUM_RECORDINGS_OF_A_PERSON:
        raise QuotaExceeded("You have no room for more recordings.")
    if (kept["all"] or 0) + size > settings.LYCEUM_RECORDINGS_OF_A_SCHOOL:
        raise QuotaExceeded("The school has no room for more recordings.")


@transaction.atomic
def delete_recording(*, school: CurrentSchool, owner: User, uuid: UUID) -> None:
    """
    Delete one's own recording.

    :raises NotFound: if it is not there, or not one's own
    :raises RecordingInUse: if it is part of an answer
    """
    recording = (
        Recording.objects.select_for_update()
        .filter(uuid=uuid, owner=owner, school_id=school.id)
        .first()
    )
    if recording is None:
        raise NotFound
    if any(is_used(owner.pk, uuid) for is_used in recording_uses):
        raise RecordingInUse
    # A file without a row is only waste; a row without a file would be a loss.
    drop_files([str(recording.file.name)])
    recording.delete()
    record_audit(
        action="recording.deleted",
        school=school.uuid,
        actor=owner.uuid,
        target=uuid,
        target_type="recording",
    )
