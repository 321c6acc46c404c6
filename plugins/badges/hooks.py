"""What badges hear: every answer, for streaks; and what was done, for points."""

from __future__ import annotations

from lyceum.plugin.hooks import News, on
from lyceum.plugin.learning import ActivityKind
from lyceum.plugin.schools import CurrentSchool
from plugins.badges import services

ACTIVITY_KINDS = {
    "achievement_unlocked": ActivityKind(event="badges.achievement_earned"),
    "level_up": ActivityKind(event="badges.level_reached"),
    "streak_milestone": ActivityKind(event="badges.streak_reached"),
}


@on("exercise_attempted")
def count_the_day(school: CurrentSchool, news: News) -> None:
    services.note_answer(school=school, news=news)


@on("exercise_completed", "lesson_completed", "course_completed")
def give_points(school: CurrentSchool, news: News) -> None:
    services.note_award(school=school, news=news)
