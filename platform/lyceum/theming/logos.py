"""The logo of a school: on its pages and its mails, and among a phone's apps."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.core.files.base import ContentFile
from django.db import transaction

from lyceum.events.services import record_audit
from lyceum.kernel.errors import NotFound
from lyceum.kernel.pictures import StoredPicture, redrawn, version_of
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.dropping import drop_files
from lyceum.schools.models import School

if TYPE_CHECKING:
    from lyceum.accounts.models import User

SIDE = 512
ADDRESS = "/api/v1/school/logo"


def logo_address(school: CurrentSchool) -> str:
    """Return where a school's logo is read, another one for every logo; "" if it has none."""
    return f"{ADDRESS}?v={version_of(school.logo)}" if school.logo else ""


def logo_of(school: CurrentSchool) -> StoredPicture:
    """
    Return a school's logo.

    :raises NotFound: if it has none
    """
    if not school.logo:
        raise NotFound
    return StoredPicture(school.logo, School._meta.get_field("logo").storage)


def set_logo(*, actor: User, school: CurrentSchool, file: IO[bytes]) -> CurrentSchool:
    """
    Replace a school's logo. It is drawn anew, 512 pixels at the longer side.

    :raises NotAnImage: if it is not one that can be read
    """
    return _replace(actor=actor, school=school, content=redrawn(file, side=SIDE))


def remove_logo(*, actor: User, school: CurrentSchool) -> CurrentSchool:
    """Remove a school's logo. Done twice, it changes nothing."""
    return _replace(actor=actor, school=school, content=None) if school.logo else school


@transaction.atomic
def _replace(*, actor: User, school: CurrentSchool, content: bytes | None) -> CurrentSchool:
    row = School.objects.select_for_update().get(id=school.id)
    old = row.logo.name
    if content is None:
        row.logo = ""
    else:
        row.logo.save("logo.webp", ContentFile(content), save=False)
    row.save(update_fields=["logo"])
    drop_files([old or ""])
    record_audit(
        action="school.settings_changed",
        school=school.uuid,
        actor=actor.uuid,
        target=school.uuid,
        target_type="school",
        changes={"logo": "changed"},
    )
    return school_by_id(school.id)
