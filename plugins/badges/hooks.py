"""What badges hear: every answer, for streaks; and what was done, for points."""

from __future__ import annotations

from lyceum.plugin.hooks import News, on
from lyceum.plugin.schools import CurrentSchool
from plugins.badges import services


@on("exercise_attempted")
def count_the_day(school: CurrentSchool, news: News) -> None:
    services.note_answer(school=school, news=news)


@on("exercise_completed", "lesson_completed", "course_completed")
def give_points(school: CurrentSchool, news: News) -> None:
    services.note_award(school=school, news=news)
