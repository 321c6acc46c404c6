"""Writing down what happened: news for others, and the record of who did what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from lyceum.events.models import AuditEntry
from lyceum.kernel.context import current


def record_audit(
    *,
    action: str,
    school: UUID | None = None,
    actor: UUID | None = None,
    target: UUID | None = None,
    target_type: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """
    Write one row of the audit, in the transaction of the change it tells of.

    `changes` maps a field to `[before, after]`; for a personal field, to `"changed"`.
    """
    context = current()
    AuditEntry.objects.create(
        action=action,
        school=school,
        actor=actor,
        target=target,
        target_type=target_type,
        changes=dict(changes or {}),
        request_id=context.request_id,
        address=context.address or None,
    )
