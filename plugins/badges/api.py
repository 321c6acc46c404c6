"""What learners read of their badges, and what managers change of the rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from lyceum.plugin.clock import now
from lyceum.plugin.content import reader_of
from lyceum.plugin.http import MEMBER, Page, Paging, Router, permitted, school_of, user_of
from plugins.badges import leaderboards, queries, rulebook, services
from plugins.badges.queries import Reader
from plugins.badges.schemas import (
    BadgeOut,
    FaceOut,
    InLanguage,
    LeaderboardOut,
    Listing,
    OwnOut,
    RuleChanges,
    RuleIn,
    RuleOut,
    Which,
)

router = Router(tags=["badges"])
MANAGERS = permitted("badges.manage_rules")
# What a personal token is made for to come in.
READ, WRITE = "badges:read", "badges:write"


def _reader(request: HttpRequest, lang: str = "") -> Reader:
    language = reader_of(request, lang=lang).language
    return Reader(user_of(request), school_of(request), language)


@router.get(
    "/me", access=MEMBER, scope=READ, response=OwnOut, summary="Read one's points and badges"
)
def get_own(request: HttpRequest, asked: Query[InLanguage]) -> queries.Own:
    return queries.own_badges(_reader(request, asked.lang), at=now())


@router.get(
    "", access=MEMBER, scope=READ, response=Page[BadgeOut], summary="List the school's badges"
)
def list_badges(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    return queries.badges_of_school(_reader(request, asked.lang), paging=asked, at=now())


@router.get(
    "/people/{uuid:id}",
    access=MEMBER,
    scope=READ,
    response=FaceOut,
    summary="Read a person's badges",
)
def get_face(request: HttpRequest, id: UUID, asked: Query[InLanguage]) -> queries.Face:
    return queries.face_of(_reader(request, asked.lang), person=id)


@router.get(
    "/leaderboards",
    access=MEMBER,
    scope=READ,
    response=LeaderboardOut,
    summary="Read a leaderboard",
)
def get_leaderboard(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    return leaderboards.leaderboard(
        _reader(request), cohort=which.cohort, week=which.week, paging=which, at=now()
    )


@router.put(
    "/leaderboards/membership",
    access=MEMBER,
    scope=WRITE,
    response={204: None},
    summary="Be on leaderboards",
)
def join_leaderboards(request: HttpRequest) -> Status[None]:
    services.set_listed(school=school_of(request), user_id=user_of(request).pk, listed=True)
    return Status(204, None)


@router.delete(
    "/leaderboards/membership",
    access=MEMBER,
    scope=WRITE,
    response={204: None},
    summary="Be on leaderboards no more",
)
def leave_leaderboards(request: HttpRequest) -> Status[None]:
    services.set_listed(school=school_of(request), user_id=user_of(request).pk, listed=False)
    return Status(204, None)


@router.get("/rules", access=MANAGERS, scope=READ, response=Page[RuleOut], summary="List the rules")
def list_rules(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return queries.rules_of(school_of(request), paging=paging, at=now())


@router.post(
    "/rules",
    access=MANAGERS,
    scope=WRITE,
    response={201: RuleOut},
    repeatable=True,
    summary="Make a badge",
)
def make_rule(request: HttpRequest, body: RuleIn, response: HttpResponse) -> Status[Any]:
    made = rulebook.make_rule(
        actor=user_of(request).uuid, school=school_of(request), values=body.dict(), at=now()
    )
    response["Location"] = f"/api/v1/badges/rules/{made.uuid}"
    return Status(201, made)


@router.get(
    "/rules/{uuid:id}", access=MANAGERS, scope=READ, response=RuleOut, summary="Read a rule"
)
def get_rule(request: HttpRequest, id: UUID) -> Any:
    return rulebook.find_rule(school_of(request), id)


@router.patch(
    "/rules/{uuid:id}", access=MANAGERS, scope=WRITE, response=RuleOut, summary="Change a rule"
)
def change_rule(request: HttpRequest, id: UUID, body: RuleChanges) -> Any:
    return rulebook.change_rule(
        actor=user_of(request).uuid,
        school=school_of(request),
        rule_id=id,
        changes=body.dict(exclude_unset=True),
    )


@router.delete(
    "/rules/{uuid:id}", access=MANAGERS, scope=WRITE, response={204: None}, summary="Delete a badge"
)
def delete_rule(request: HttpRequest, id: UUID) -> Status[None]:
    rulebook.retire_rule(
        actor=user_of(request).uuid, school=school_of(request), rule_id=id, at=now()
    )
    return Status(204, None)
