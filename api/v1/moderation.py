"""Moderation: the queue of a school, the bin, and what is held back of what people write."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Status
from pydantic import AwareDatetime, Field

from api.v1.community import CaseState, Kind
from lyceum.community import bin, cases, moderation, policy
from lyceum.community.permissions import MODERATE, SET_POLICY
from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import Router, permitted
from lyceum.http.schemas import Answer, Body, Line, Page, Text
from lyceum.kernel.clock import now

router = Router(tags=["moderation"])

Action = Literal[
    "review", "hide", "restore", "bin", "warn", "suspend", "lift", "note", "resolve", "dismiss"
]
Origin = Literal["report", "held"]
Decision = Literal["allow", "hold", "refuse"]
Word = Annotated[Line, Field(min_length=1, max_length=100)]
Site = Annotated[Line, Field(min_length=1, max_length=253)]


class NamedOut(Answer):
    """A person, by name."""

    id: UUID
    name: str


class CaseOut(Answer):
    """A case in the queue."""

    id: UUID
    type: str
    label: str = Field(description="What the thing is, in words.")
    thing: UUID
    author: NamedOut | None = Field(description="null where it is nobody's, or they are gone.")
    excerpt: str = Field(description="As it was when the case was opened.")
    address: str
    origin: Origin
    reasons: list[str] = Field(description="Why it was held: `word`, `link`, `first_post`.")
    state: CaseState
    thing_state: Literal["shown", "held", "hidden", "binned"]
    concerns_child: bool
    reports: int
    kinds: dict[str, int] = Field(description="Kind of report, to how many there are.")
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None


class ReportedOut(Answer):
    """What one person said of it. Who they are, only moderators learn."""

    reporter: NamedOut | None
    kind: Kind
    text: str
    at: datetime


class DeedOut(Answer):
    """What a moderator did, or noted."""

    by: NamedOut | None
    action: str
    message: str = Field(description="What the author was told with it.")
    note: str
    at: datetime


class CaseDetailOut(CaseOut):
    """A case with all that was reported and done."""

    reported: list[ReportedOut]
    history: list[DeedOut]
    suspended_until: datetime | None = Field(description="The author, from contact.")


class CaseFilters(Paging):
    state: Literal["open", "pending", "reviewed", "resolved", "dismissed", "all"] = "open"
    type: Line = Field(default="", max_length=60)
    origin: Origin | Literal[""] = ""
    person: UUID | None = Field(default=None, description="Whose it is.")


class ActIn(Body):
    """
    What to do with a case, one thing at a time.

    `warn` takes a `message`, `suspend` an `until` and a `message`, which the person reads. The
    `note` is for moderators.
    """

    action: Action
    note: Text = Field(default="", max_length=2000)
    message: Text = Field(default="", max_length=1000)
    until: AwareDatetime | None = None


class BinnedOut(Answer):
    """A deleted thing that can still be brought back."""

    id: UUID
    type: str
    label: str
    thing: UUID
    author: str
    excerpt: str
    at: datetime
    kept_until: datetime


class PolicyOut(Answer):
    """What the school holds back of what its people write."""

    words: list[str]
    on_words: Decision
    on_links: Decision
    allowed_sites: list[str]
    first_posts_held: int
    newcomer_days: int
    bin_days: int


class PolicyChanges(Body):
    """What is to change; what is left out stays."""

    words: list[Word] = Field(
        default_factory=list, max_length=2000, description="`word`, `beginning*`, or a phrase."
    )
    on_words: Decision = "hold"
    on_links: Decision = "allow"
    allowed_sites: list[Site] = Field(default_factory=list, max_length=200)
    first_posts_held: int = Field(default=0, ge=0, le=20)
    newcomer_days: int = Field(default=30, ge=1, le=365)
    bin_days: int = Field(default=30, ge=1, le=365)


@router.get(
    "/moderation",
    access=permitted(MODERATE),
    scope="moderation:read",
    response=Page[CaseOut],
    summary="List what waits for moderators",
)
def list_cases(request: HttpRequest, filters: Query[CaseFilters]) -> dict[str, Any]:
    school = school_of(request)
    found = cases.queue_of(
        school,
        moderator=user_of(request),
        state=filters.state,
        type=filters.type,
        origin=filters.origin,
        person=filters.person,
    )
    return paginate(found, order=cases.ORDER, paging=filters, view=cases.case_views(school))


@router.get(
    "/moderation/settings",
    access=permitted(SET_POLICY),
    scope="moderation:read",
    response=PolicyOut,
    summary="Read the filters",
)
def get_moderation_settings(request: HttpRequest) -> policy.PolicyView:
    return policy.policy_of(school_of(request))


@router.patch(
    "/moderation/settings",
    access=permitted(SET_POLICY),
    scope="moderation:write",
    response=PolicyOut,
    summary="Change the filters",
)
def change_moderation_settings(request: HttpRequest, body: PolicyChanges) -> policy.PolicyView:
    changes = body.model_dump(exclude_unset=True)
    school, actor = school_of(request), user_of(request)
    return policy.change_policy(actor=actor, school=school, changes=changes, at=now())


@router.get(
    "/moderation/bin",
    access=permitted(MODERATE),
    scope="moderation:read",
    response=Page[BinnedOut],
    summary="List what was deleted lately",
)
def list_bin(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    school = school_of(request)
    found = bin.bin_of(school, moderator=user_of(request))
    return paginate(found, order=["-id"], paging=paging, view=bin.binned_views(school))


@router.put(
    "/moderation/bin/{uuid:id}/restored",
    access=permitted(MODERATE),
    scope="moderation:write",
    response={204: None},
    summary="Bring a deleted thing back",
)
def restore_from_bin(request: HttpRequest, id: UUID) -> Status[None]:
    school, moderator = school_of(request), user_of(request)
    bin.restore_thing(moderator=moderator, school=school, binned_id=id, at=now())
    return Status(204, None)


@router.get(
    "/moderation/{uuid:id}",
    access=permitted(MODERATE),
    scope="moderation:read",
    response=CaseDetailOut,
    summary="Read a case",
)
def get_case(request: HttpRequest, id: UUID) -> cases.CaseDetail:
    school, moderator = school_of(request), user_of(request)
    return cases.read_case(moderator=moderator, school=school, case_id=id, at=now())


@router.patch(
    "/moderation/{uuid:id}",
    access=permitted(MODERATE),
    scope="moderation:write",
    response=CaseDetailOut,
    summary="Do something with a case",
)
def moderate_case(request: HttpRequest, id: UUID, body: ActIn) -> cases.CaseDetail:
    school, moderator, at = school_of(request), user_of(request), now()
    act = moderation.Act(**body.model_dump())
    moderation.moderate(moderator=moderator, school=school, case_id=id, act=act, at=at)
    return cases.read_case(moderator=moderator, school=school, case_id=id, at=at)
