"""Progress: how far one is in lessons and courses, and what one did."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import ConfigDict, Field, model_validator

from lyceum.http.pagination import Paging
from lyceum.http.routing import MEMBER, SIGNED_IN_AT_SCHOOL, Router
from lyceum.http.schemas import Answer, Body, Line, Page, ToldAs
from lyceum.kernel.clock import now
from lyceum.learning import queries
from lyceum.learning.activity import activity_kinds
from lyceum.learning.learners import learner_of
from lyceum.learning.services import courses
from lyceum.learning.services.offline import DAY, LONGEST_POSITION
from lyceum.learning.services.studying import Report, report_progress

router = Router(tags=["learning"])

Language = Annotated[str, Field(max_length=10, description="One of the school's languages.")]


class ExerciseProgressOut(Answer):
    """Where one stands with an exercise; `best_score` is null before an answer is marked."""

    attempts: int
    best_score: float | None
    points: int
    solved: bool
    waiting_for_review: bool
    solution_shown: bool


class LessonProgressOut(Answer):
    """Where one stands with a lesson."""

    lesson: UUID
    score: float = Field(description="0 to 1, of the points that count.")
    points: int
    attempts: int
    seconds: int
    position: str = Field(description="Of the front end's making, as it was last told.")
    done: bool
    completed_at: datetime | None
    first_attempted_at: datetime | None
    last_attempted_at: datetime | None


class ExerciseStandingOut(ExerciseProgressOut):
    id: UUID


class LessonDetailOut(LessonProgressOut):
    exercises: list[ExerciseStandingOut]


class ProgressSummaryOut(Answer):
    lessons_started: int
    lessons_completed: int
    points: int
    attempts: int
    seconds: int


class ProgressPageOut(Page[LessonProgressOut]):
    summary: ProgressSummaryOut


class ReportIn(Body):
    """
    What a client tells of a lesson.

    `seconds` is the total of the sitting `session_id`: counted to at most the wall time since the
    sitting's first report, 90 s a step; the highest wins. `done` is for lessons without marked
    exercises.
    """

    session_id: UUID | None = None
    seconds: int | None = Field(default=None, ge=0, le=DAY)
    position: Line | None = Field(default=None, max_length=LONGEST_POSITION)
    done: bool = False

    @model_validator(mode="after")
    def _seconds_are_a_sittings(self) -> ReportIn:
        if (self.session_id is None) != (self.seconds is None):
            raise ValueError("Send session_id and seconds together.")
        return self


class CourseLessonOut(Answer):
    id: UUID
    title: str
    done: bool
    score: float
    completed_at: datetime | None


class CourseProgressOut(Answer):
    course: UUID
    enrolled: bool
    enrolled_at: datetime | None
    completed_at: datetime | None
    lessons_done: int
    lessons_count: int
    share: float
    next_lesson: UUID | None
    lessons: list[CourseLessonOut]


_HOUSE = ", ".join(name for name, kind in activity_kinds.items() if not kind.plugin)


class ActivityData(Answer):
    """What a kind tells beside its subject, so that it makes a sentence; plugins' tell more."""

    model_config = ConfigDict(extra="allow")

    lesson: UUID | None = Field(default=None, description="Of an exercise.")
    kind: str = Field(default="", description="Of an exercise.")
    number: int = Field(default=0, description="Which attempt at the exercise it was.")
    points: int = Field(default=0, description="Of an exercise.")
    score: float = Field(default=0, description="0 to 1, of an exercise or a lesson.")


class ActivityOut(Answer):
    """One thing that one did."""

    id: UUID
    kind: str = Field(description=f"One of {_HOUSE}, or what plugins in force bring.")
    subject: UUID | None = Field(description="The page or thing it was done with.")
    data: Annotated[dict[str, Any], ToldAs(ActivityData)]
    at: datetime


class ActivityFilters(Paging):
    kinds: Line = Field(default="", max_length=500, description="Kinds, with commas between.")


@router.get(
    "/learning/progress",
    access=MEMBER,
    scope="learning:read",
    response=ProgressPageOut,
    summary="List one's own progress by lesson",
)
def list_progress(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return queries.own_progress(learner_of(request), paging=paging)


@router.get(
    "/learning/lessons/{uuid:lesson_id}/progress",
    access=MEMBER,
    scope="learning:read",
    response=LessonDetailOut,
    summary="Read one's own progress in a lesson",
)
def get_lesson_progress(request: HttpRequest, lesson_id: UUID) -> dict[str, Any]:
    return queries.lesson_progress(learner_of(request), lesson_id=lesson_id)


@router.put(
    "/learning/lessons/{uuid:lesson_id}/progress",
    access=MEMBER,
    scope="learning:write",
    response=LessonProgressOut,
    summary="Report time, place, or that a lesson is done",
)
def put_lesson_progress(request: HttpRequest, lesson_id: UUID, body: ReportIn) -> dict[str, Any]:
    at = now()
    report = Report(
        session_id=body.session_id,
        seconds=body.seconds or 0,
        position=body.position,
        done=body.done,
    )
    return report_progress(
        learner=learner_of(request), lesson_id=lesson_id, report=report, at=at, moment=at
    )


@router.put(
    "/learning/courses/{uuid:course_id}/enrolment",
    access=MEMBER,
    scope="learning:write",
    response={204: None},
    summary="Take a course",
)
def enrol_in_course(request: HttpRequest, course_id: UUID) -> Status[None]:
    courses.enrol(learner=learner_of(request), course_id=course_id, at=now())
    return Status(204, None)


@router.delete(
    "/learning/courses/{uuid:course_id}/enrolment",
    access=MEMBER,
    scope="learning:write",
    response={204: None},
    summary="Give up a course",
)
def leave_course(request: HttpRequest, course_id: UUID) -> Status[None]:
    courses.leave(learner=learner_of(request), course_id=course_id, at=now())
    return Status(204, None)


@router.get(
    "/learning/courses/{uuid:course_id}/progress",
    access=MEMBER,
    scope="learning:read",
    response=CourseProgressOut,
    summary="Read one's own progress in a course",
)
def get_course_progress(
    request: HttpRequest, course_id: UUID, response: HttpResponse, lang: Language = ""
) -> dict[str, Any]:
    learner = learner_of(request, lang=lang)
    # What it tells is text in this language: of the lessons, their titles.
    response["Content-Language"] = learner.language
    return queries.course_progress(learner, course_id=course_id)


@router.get(
    "/me/activity",
    access=SIGNED_IN_AT_SCHOOL,
    scope="learning:read",
    response=Page[ActivityOut],
    summary="List what one did in the school",
)
def list_activity(request: HttpRequest, filters: Query[ActivityFilters]) -> dict[str, Any]:
    kinds = [kind.strip() for kind in filters.kinds.split(",") if kind.strip()]
    return queries.own_activity(learner_of(request), kinds=kinds, paging=filters)
