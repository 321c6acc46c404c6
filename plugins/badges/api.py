"""What learners read of their badges, and what managers change of the rules."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema, Status
from pydantic import Field

from lyceum.plugin.clock import now
from lyceum.plugin.content import reader_of
from lyceum.plugin.http import (
    MEMBER,
    Answer,
    Body,
    Line,
    Page,
    Paging,
    Router,
    Text,
    permitted,
    school_of,
    user_of,
)
from plugins.badges import leaderboards, queries, rulebook, services
from plugins.badges.leaderboards import FAR
from plugins.badges.queries import Reader
from plugins.badges.rulebook import MOST_THRESHOLD

router = Router(tags=["badges"])
MANAGERS = permitted("badges.manage_rules")

Measure = Literal["count", "points", "streak", "level"]
Kind = Literal["exercise_completed", "lesson_completed", "course_completed", ""]
LANG = Field("", max_length=20, description="Of the answer; else as one reads.")
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z]{2,4})?$")]
Names = Annotated[dict[Language, Line], Field(min_length=1, max_length=20)]
ShortText = Annotated[Text, Field(max_length=500)]


class EarnedOut(Answer):
    """A badge that somebody has."""

    id: UUID
    name: str
    description: str
    icon: str
    earned_at: datetime


class StreakOut(Answer):
    """Days in a row with an answer, by the calendar of where the learner is."""

    days: int
    longest: int
    today: bool = Field(description="Whether today counts already.")


class NextLevelOut(Answer):
    """The level ahead, and from how many points on it begins."""

    level: int
    points: int


class OwnOut(Answer):
    """What one has."""

    points: int
    level: int
    next_level: NextLevelOut | None = Field(description="Null at the highest.")
    streak: StreakOut
    badges: list[EarnedOut] = Field(description="The latest 50, newest first.")
    badges_count: int
    listed: bool = Field(description="Whether one is on leaderboards; children never are.")
    time_zone: str


class FaceOut(Answer):
    """What others may read of a learner."""

    id: UUID
    name: str
    level: int
    longest_streak: int
    badges: list[EarnedOut] = Field(description="The latest 50, newest first.")
    badges_count: int


class RuleFields(Answer):
    """How a badge is earned."""

    id: UUID
    icon: str
    measure: Measure
    threshold: int
    kind: Kind = Field(description='What is counted; "" where nothing is.')
    category: UUID | None = Field(description="Only things in this category count.")
    min_score: int = Field(description="In per cent: only lessons with this score count.")


class BadgeOut(RuleFields):
    """A badge of the school, and whether one has it."""

    name: str
    description: str
    earned: bool
    earned_at: datetime | None


class RuleOut(RuleFields):
    """A badge as managers change it; texts by language."""

    name: dict[str, str]
    description: dict[str, str]
    created_at: datetime

    @staticmethod
    def resolve_id(rule: Any) -> UUID:
        uuid: UUID = rule.uuid
        return uuid


class RuleIn(Body):
    """A badge: its texts by language, and what is to be reached."""

    name: Names
    description: dict[Language, ShortText] = Field(default_factory=dict, max_length=20)
    icon: Line = Field(default="", max_length=16)
    measure: Measure
    threshold: int = Field(ge=1, le=MOST_THRESHOLD)
    kind: Kind = ""
    category: UUID | None = None
    min_score: int = Field(default=0, ge=0, le=100)


class RuleChanges(Body):
    """What is to change; what is left out stays."""

    # Only what was sent is looked at: the defaults stand for nothing.

    name: Names = Field(default_factory=dict)
    description: dict[Language, ShortText] = Field(default_factory=dict, max_length=20)
    icon: Line = Field(default="", max_length=16)
    measure: Measure = "count"
    threshold: int = Field(default=1, ge=1, le=MOST_THRESHOLD)
    kind: Kind = ""
    category: UUID | None = None
    min_score: int = Field(default=0, ge=0, le=100)


class PlaceOut(Answer):
    """One place on a leaderboard. Those with the same points share a rank."""

    rank: int
    person: UUID
    name: str
    points: int
    you: bool


class OwnPlaceOut(PlaceOut):
    """One's own place on the whole leaderboard."""

    rank: int | None = Field(  # type: ignore[assignment]
        description=f"Null where more than {FAR:,} are ahead."
    )


class LeaderboardOut(Page[PlaceOut]):
    """A page of a leaderboard."""

    week: str = Field(description="As in 2026-W09, or `all`.")
    own: OwnPlaceOut | None = Field(description="Null for who is not on it.")


class Which(Paging):
    cohort: UUID | None = Field(default=None, description="A class of yours; else the school.")
    week: str = Field(
        default="",
        max_length=8,
        description="As in 2026-W09 (each learner's own Monday to Sunday), or `all`; else this.",
    )


class InLanguage(Schema):
    lang: str = LANG


class Listing(Paging):
    lang: str = LANG


def _reader(request: HttpRequest, lang: str = "") -> Reader:
    language = reader_of(request, lang=lang).language
    return Reader(user_of(request), school_of(request), language)


@router.get("/me", access=MEMBER, response=OwnOut, summary="Read one's points and badges")
def get_own(request: HttpRequest, asked: Query[InLanguage]) -> queries.Own:
    return queries.own_badges(_reader(request, asked.lang), at=now())


@router.get("", access=MEMBER, response=Page[BadgeOut], summary="List the school's badges")
def list_badges(request: HttpRequest, asked: Query[Listing]) -> dict[str, Any]:
    return queries.badges_of_school(_reader(request, asked.lang), paging=asked, at=now())


@router.get("/people/{uuid:id}", access=MEMBER, response=FaceOut, summary="Read a person's badges")
def get_face(request: HttpRequest, id: UUID, asked: Query[InLanguage]) -> queries.Face:
    return queries.face_of(_reader(request, asked.lang), person=id)


@router.get("/leaderboards", access=MEMBER, response=LeaderboardOut, summary="Read a leaderboard")
def get_leaderboard(request: HttpRequest, which: Query[Which]) -> dict[str, Any]:
    return leaderboards.leaderboard(
        _reader(request), cohort=which.cohort, week=which.week, paging=which, at=now()
    )


@router.put(
    "/leaderboards/membership",
    access=MEMBER,
    response={204: None},
    summary="Be on leaderboards",
)
def join_leaderboards(request: HttpRequest) -> Status[None]:
    services.set_listed(school=school_of(request), user_id=user_of(request).pk, listed=True)
    return Status(204, None)


@router.delete(
    "/leaderboards/membership",
    access=MEMBER,
    response={204: None},
    summary="Be on leaderboards no more",
)
def leave_leaderboards(request: HttpRequest) -> Status[None]:
    services.set_listed(school=school_of(request), user_id=user_of(request).pk, listed=False)
    return Status(204, None)


@router.get("/rules", access=MANAGERS, response=Page[RuleOut], summary="List the rules")
def list_rules(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return queries.rules_of(school_of(request), paging=paging, at=now())


@router.post(
    "/rules", access=MANAGERS, response={201: RuleOut}, repeatable=True, summary="Make a badge"
)
def make_rule(request: HttpRequest, body: RuleIn, response: HttpResponse) -> Status[Any]:
    made = rulebook.make_rule(
        actor=user_of(request).uuid, school=school_of(request), values=body.dict(), at=now()
    )
    response["Location"] = f"/api/v1/badges/rules/{made.uuid}"
    return Status(201, made)


@router.get("/rules/{uuid:id}", access=MANAGERS, response=RuleOut, summary="Read a rule")
def get_rule(request: HttpRequest, id: UUID) -> Any:
    return rulebook.find_rule(school_of(request), id)


@router.patch("/rules/{uuid:id}", access=MANAGERS, response=RuleOut, summary="Change a rule")
def change_rule(request: HttpRequest, id: UUID, body: RuleChanges) -> Any:
    return rulebook.change_rule(
        actor=user_of(request).uuid,
        school=school_of(request),
        rule_id=id,
        changes=body.dict(exclude_unset=True),
    )


@router.delete("/rules/{uuid:id}", access=MANAGERS, response={204: None}, summary="Delete a badge")
def delete_rule(request: HttpRequest, id: UUID) -> Status[None]:
    rulebook.retire_rule(
        actor=user_of(request).uuid, school=school_of(request), rule_id=id, at=now()
    )
    return Status(204, None)
