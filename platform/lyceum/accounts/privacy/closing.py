"""Deleting a school: its content, results and managed accounts go, its people stay."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import PageLogEntry

from lyceum.accounts.models import User
from lyceum.accounts.privacy.erasing import ConfirmationWrong, erase_person
from lyceum.accounts.privacy.tasks import clear_remnants_soon
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.holdings import StoredFile, files_of, rows_of_school
from lyceum.kernel.leftovers import delete_regardless
from lyceum.kernel.privacy import Provider, providers
from lyceum.schools.current import CurrentSchool
from lyceum.schools.dropping import drop_files
from lyceum.schools.models import School

logger = logging.getLogger(__name__)


@transaction.atomic
def delete_school(*, school: CurrentSchool, actor: User | None, confirm: str, at: datetime) -> None:
    """
    Delete a school with all that it has, for good.

    Managed accounts are erased as people, since they belong nowhere else. All others stay, with
    what they have at other schools. The audit keeps what was done, by UUID.

    :param confirm: the school's slug, as somebody typed it
    :raises ConfirmationWrong: if it is something else
    """
    if confirm.strip() != school.slug:
        raise ConfirmationWrong(fields={"slug": ["This is not the school's slug."]})
    row = School.objects.select_for_update(of=("self",)).get(pk=school.id)
    site, root, collection = row.site, row.site.root_page, row.collection
    for user in User.objects.filter(managed_by=row).order_by("pk"):
        erase_person(user=user, actor=actor, at=at, told=False)
    files = [*(name for _, name in _files_of(row)), str(row.logo.name or "")]
    failed = [name for name, provider in _backwards() if not _delete(provider, row)]
    delete_regardless(row)
    site.delete()
    root_id = root.pk
    root.delete()
    PageLogEntry.objects.filter(page=root_id).delete()
    collection.delete()
    record_audit(
        action="school.deleted",
        school=school.uuid,
        actor=None if actor is None else actor.uuid,
        target=school.uuid,
        target_type="school",
        changes={"failed": [[], failed]} if failed else None,
    )
    by = None if actor is None else actor.uuid
    publish(Fact("school_deleted", at=at, actor=by, subject=school.uuid))
    drop_files(files)
    transaction.on_commit(clear_remnants_soon, robust=True)


def _backwards() -> list[tuple[str, Provider]]:
    # Who came last builds on those before, and lets go of them first.
    return list(reversed(providers.items()))


def _files_of(school: School) -> list[StoredFile]:
    return [
        file
        for provider in providers
        for held in provider.of_schools
        if held.files and not held.reason
        for file in files_of(rows_of_school(school, held), held.files)
    ]


def _delete(provider: Provider, school: School) -> bool:
    """Delete what one provider has of a school; return whether it did as it declared."""
    try:
        with transaction.atomic():
            if provider.delete_school is not None:
                provider.delete_school(school.pk)
            for held in provider.of_schools:
                rows: Any = rows_of_school(school, held)
                if not held.reason:
                    rows.delete()
    except (Exception, SystemExit):
        if not provider.guarded:
            raise
        logger.exception("A plugin failed to let a school go; its rows go by their foreign keys.")
        return False
    return True
