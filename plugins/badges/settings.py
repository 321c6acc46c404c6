"""What a school sets of its badges: what things are worth, levels, streaks, leaderboards."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

from lyceum.plugin.settings import BaseSettings, Field

MOST_POINTS = 1_000_000


class Settings(BaseSettings):
    """Points are given as things happen: what is set here holds for what comes."""

    exercises_own_points: bool = Field(
        default=True,
        title=noop("As many points as the exercise has"),
        description=noop("For the first right answer; else as many as the next field says."),
    )
    points_for_exercise: int = Field(
        default=10, title=noop("Points for an exercise"), ge=0, le=1000
    )
    points_for_lesson: int = Field(default=20, title=noop("Points for a lesson"), ge=0, le=1000)
    points_for_course: int = Field(default=100, title=noop("Points for a course"), ge=0, le=10_000)
    levels: list[int] = Field(
        default=[100, 250, 500, 1000, 2000, 4000, 8000],
        max_length=100,
        title=noop("Levels"),
        description=noop("From how many points on the levels 2, 3, 4… begin."),
    )
    grace_days: int = Field(
        default=0,
        ge=0,
        le=7,
        title=noop("Days of grace"),
        description=noop("How many days in a row may be missed without ending a streak."),
    )
    late_days: int = Field(
        default=7,
        ge=0,
        le=90,
        title=noop("Days that answers may be late"),
        description=noop(
            "What was done offline, and is sent later than this, counts for the day on "
            "which it is sent."
        ),
    )
    leaderboards: bool = Field(default=True, title=noop("Have leaderboards"))

    def check(self) -> None:
        rising = all(low < high for low, high in zip(self.levels, self.levels[1:], strict=False))
        if not rising or any(not 0 < points <= MOST_POINTS for points in self.levels):
            raise ValueError(
                gettext("Each level begins at more points than the last, to %(most_points)s.")
                % {"most_points": MOST_POINTS}
            )
