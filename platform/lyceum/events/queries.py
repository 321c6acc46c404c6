"""What is read of the audit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from lyceum.events.models import AuditEntry


def audit_of_school(
    school: UUID,
    *,
    action: str = "",
    actor: UUID | None = None,
    target: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[AuditEntry]:
    """
    Return what was written down for one school: neither another's rows nor the instance's.

    :param action: a whole one, or its beginning with the dot: `plugin.` for all of plugins
    :param since: the first moment that is shown
    :param until: the first moment that is shown no more
    """
    found = AuditEntry.objects.filter(school=school)
    if action.endswith("."):
        # A range, which an index serves on every database; "/" comes right after the dot.
        found = found.filter(action__gt=action, action__lt=f"{action[:-1]}/")
    elif action:
        found = found.filter(action=action)
    if actor is not None:
        found = found.filter(actor=actor)
    if target is not None:
        found = found.filter(target=target)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    return found
