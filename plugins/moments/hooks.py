"""What moments hear and answer: news that become moments, and what people can report."""

from __future__ import annotations

from lyceum.plugin.community import Reportable
from lyceum.plugin.hooks import News, hookimpl, on
from lyceum.plugin.learning import ActivityKind
from lyceum.plugin.schools import CurrentSchool
from plugins.moments.models import Moment
from plugins.moments.news import COMMENT_MADE, MOMENT_LIKED, MOMENT_POSTED
from plugins.moments.services.automatic import make_of
from plugins.moments.services.moderating import reportables

ACTIVITY_KINDS = {
    "moment_created": ActivityKind(event=MOMENT_POSTED),
    "comment_made": ActivityKind(event=COMMENT_MADE),
    "like_given": ActivityKind(event=MOMENT_LIKED),
}


@hookimpl
def register_reportables(school: CurrentSchool) -> list[Reportable]:
    return reportables()


@on("lesson_completed")
def celebrate_lesson(school: CurrentSchool, news: News) -> None:
    if news.subject is not None:
        make_of(
            school=school,
            news=news,
            kind=Moment.Kind.LESSON_COMPLETED,
            subject={"lesson": str(news.subject)},
            source=f"lesson:{news.subject}",
        )


@on("badges.achievement_earned")
def celebrate_achievement(school: CurrentSchool, news: News) -> None:
    achievement = str(news.data.get("achievement", ""))[:60]
    if achievement:
        make_of(
            school=school,
            news=news,
            kind=Moment.Kind.ACHIEVEMENT,
            subject={"achievement": achievement, "name": str(news.data.get("name", ""))[:200]},
            source=f"achievement:{achievement}",
        )
