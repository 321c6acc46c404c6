"""The audit: who did what in the school, when, from where, and what was there before and after."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query
from pydantic import AwareDatetime, Field

from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of
from lyceum.http.routing import Router, permitted
from lyceum.http.schemas import Answer, Line, Page, ToldAs
from lyceum.schools import audit

# Plugins write rows too: whatever they wrote is answered.
Change = Annotated[Any, ToldAs(list[Any] | str)]

router = Router(tags=["operations"])

CHANGES = (
    "A field, or what a count is of, to `[before, after]`; to `changed` where the value is "
    "personal or secret, which the audit never holds; to one text for what only says how or why, "
    "as in `why`. Empty where the action says it all."
)


class DoerOut(Answer):
    """Who did it."""

    id: UUID
    name: str = Field(description='As they are called now; "" for who is not of the school.')


class TargetOut(Answer):
    """What it was done to."""

    id: UUID | None = Field(description="null where the type says it all.")
    type: str = Field(description='`person`, `page`, `plugin:<slug>` and so on; "" if not told.')
    name: str = Field(description='Of a person of the school; else "".')


class AuditEntryOut(Answer):
    """One row, which nobody can change."""

    id: UUID
    at: datetime
    action: str = Field(examples=["plugin.enabled"])
    actor: DoerOut | None = Field(description="null for the house itself, or who is not known.")
    target: TargetOut | None
    changes: dict[str, Change] = Field(description=CHANGES)
    request_id: str = Field(description='As in `X-Request-Id`; "" outside of requests.')
    address: str = Field(description='From where; "" outside of requests, and of who is erased.')


class AuditFilters(Paging):
    action: Line = Field(
        default="",
        max_length=100,
        description="A whole action, or its beginning with the dot, as in `plugin.`",
    )
    actor: UUID | None = Field(default=None, description="Who did it.")
    target: UUID | None = Field(default=None, description="What it was done to.")
    since: AwareDatetime | None = Field(
        default=None, alias="from", description="The first moment that is shown."
    )
    until: AwareDatetime | None = Field(
        default=None, alias="to", description="The first moment that is shown no more."
    )


@router.get(
    "/audit",
    access=permitted("audit.view"),
    scope="audit:read",
    response=Page[AuditEntryOut],
    summary="List what was done in the school",
)
def list_audit(request: HttpRequest, filters: Query[AuditFilters]) -> dict[str, Any]:
    found = audit.audit_of(
        school_of(request),
        action=filters.action,
        actor=filters.actor,
        target=filters.target,
        since=filters.since,
        until=filters.until,
    )
    return paginate(found, order=audit.ORDER, paging=filters, view=audit.entry_view)
