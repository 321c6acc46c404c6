"""What badges' doors take and answer."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from lyceum.plugin.http import Answer, Body, Line, Page, Paging, Text
from plugins.badges.leaderboards import FAR
from plugins.badges.rulebook import MOST_THRESHOLD

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
