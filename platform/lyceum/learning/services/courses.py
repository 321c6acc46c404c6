"""A learner's place in courses: taken, given up, completed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lyceum.events.services import Fact, publish
from lyceum.learning import catalogue, news
from lyceum.learning.catalogue import PageRef
from lyceum.learning.learners import Learner
from lyceum.learning.models import Enrolment, LessonProgress
from lyceum.learning.services.once import in_one_transaction


def enrol(*, learner: Learner, course_id: UUID, at: datetime) -> None:
    """
    Give a learner a place in a course; once, however often.

    A course of which every lesson is done already is completed at once.

    :raises NotFound: if the course is not there for this reader
    """
    course = catalogue.find_page(learner, "course", course_id)
    in_one_transaction(lambda: _enrol(learner, course, at))


def leave(*, learner: Learner, course_id: UUID, at: datetime) -> None:
    """
    Give up a learner's place in a course, if there is one. What was learnt stays.

    :raises NotFound: if the course is not there for this reader
    """
    course = catalogue.find_page(learner, "course", course_id)
    in_one_transaction(lambda: _leave(learner, course, at))


def complete_courses(learner: Learner, *, lesson_id: int, at: datetime) -> list[Fact]:
    """
    Complete those of the learner's courses whose last open lesson was this one; return the news.

    Called in the transaction that completed the lesson.
    """
    course_ids = catalogue.courses_with(lesson_id)
    if not course_ids:
        return []
    enrolments = (
        Enrolment.objects.select_for_update(of=("self",))
        .filter(user_id=learner.user_id, course_id__in=course_ids, completed_at=None)
        .select_related("course")
        .order_by("id")
    )
    facts = []
    for enrolment in enrolments:
        course = PageRef(
            id=enrolment.course_id, uuid=enrolment.course.uuid, path=enrolment.course.path
        )
        if _all_done(learner, catalogue.course_lessons(learner, course)):
            enrolment.completed_at = at
            enrolment.save(update_fields=["completed_at"])
            facts.append(
                news.fact(news.COURSE_COMPLETED, learner=learner, subject=course.uuid, at=at)
            )
    return facts


def _enrol(learner: Learner, course: PageRef, at: datetime) -> None:
    if Enrolment.objects.filter(user_id=learner.user_id, course_id=course.id).exists():
        return
    done = _all_done(learner, catalogue.course_lessons(learner, course))
    Enrolment.objects.create(
        school_id=learner.school.id,
        user_id=learner.user_id,
        course_id=course.id,
        enrolled_at=at,
        completed_at=at if done else None,
    )
    happened = [news.COURSE_ENROLLED, *([news.COURSE_COMPLETED] if done else [])]
    publish(*(news.fact(type, learner=learner, subject=course.uuid, at=at) for type in happened))


def _leave(learner: Learner, course: PageRef, at: datetime) -> None:
    gone, _ = Enrolment.objects.filter(user_id=learner.user_id, course_id=course.id).delete()
    if gone:
        publish(news.fact(news.COURSE_LEFT, learner=learner, subject=course.uuid, at=at))


def _all_done(learner: Learner, lessons: Sequence[PageRef]) -> bool:
    if not lessons:
        return False
    done = LessonProgress.objects.filter(
        user_id=learner.user_id,
        lesson_id__in=[lesson.id for lesson in lessons],
        completed_at__isnull=False,
    )
    return done.count() == len(lessons)
