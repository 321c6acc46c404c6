"""Learning: answers and their marks, progress in lessons and courses, and what one did."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field, WithJsonSchema, model_validator

from lyceum.http.pagination import Paging
from lyceum.http.problems import problem_of
from lyceum.http.routing import MEMBER, SIGNED_IN_AT_SCHOOL, Router
from lyceum.http.schemas import Answer, Body, Line, Page, Problem
from lyceum.kernel.clock import now
from lyceum.learning import queries
from lyceum.learning.learners import learner_of
from lyceum.learning.services import courses, offline
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.giving_up import give_up
from lyceum.learning.services.offline import DAY, LONGEST_POSITION, MOST_ITEMS
from lyceum.learning.services.once import Outcome
from lyceum.learning.services.studying import Report, report_progress
from lyceum.learning.services.timing import Timer, start_attempt

router = Router(tags=["learning"])

ABSENT: Any = None
Language = Annotated[str, Field(max_length=10, description="Of feedback, hints and explanations.")]


class AttemptIn(Body):
    """An answer, in the shape that the exercise's kind asks for (`GET /content/exercise-kinds`)."""

    answer: Any
    seconds: int = Field(default=0, ge=0, le=DAY, description="How long it took. Advice only.")
    client_id: UUID | None = Field(
        default=None, description="Of the client's making; sent again, it is answered as before."
    )


class ReasonOut(Answer):
    """Why an answer is not quite what was expected, and where in the learner's own text."""

    code: str
    message: str
    start: int
    end: int
    part: str


class ExerciseProgressOut(Answer):
    attempts: int
    best_score: float | None
    points: int
    solved: bool
    waiting_for_review: bool
    solution_shown: bool


class LessonProgressOut(Answer):
    lesson: UUID
    score: float = Field(description="0 to 1, of the points that count.")
    points: int
    attempts: int
    seconds: int
    position: str
    done: bool
    completed_at: datetime | None
    first_attempted_at: datetime | None
    last_attempted_at: datetime | None


class AttemptOut(Answer):
    """
    The mark of an answer.

    `correct` and `score` are absent while it needs review. `solution` is there only when the
    answer was right, the exercise given up, its attempts used up, or the school shows it at once;
    so are `explanation` and `afterwards` (a listening task's transcript).
    """

    id: UUID
    exercise: UUID
    number: int
    status: Literal["marked", "needs_review"]
    correct: bool = Field(default=ABSENT)
    score: float = Field(default=ABSENT, ge=0, le=1)
    points: int
    reasons: list[ReasonOut]
    feedback: list[str]
    explanation: str
    hint: str = Field(default=ABSENT)
    solution: dict[str, Any] = Field(default=ABSENT)
    afterwards: dict[str, Any] = Field(default=ABSENT)
    attempts_left: int | None = Field(description="Null for as many as one likes.")
    answered_at: datetime
    exercise_progress: ExerciseProgressOut
    lesson_progress: LessonProgressOut | None


class OwnAttemptOut(Answer):
    """One's own earlier attempt. The solution is never told here."""

    id: UUID
    exercise: UUID
    number: int
    status: Literal["marked", "needs_review"]
    correct: bool = Field(default=ABSENT)
    score: float = Field(default=ABSENT, ge=0, le=1)
    points: int
    answer: Any
    reasons: list[ReasonOut]
    feedback: list[str]
    hint: str = Field(default=ABSENT)
    seconds: int
    answered_at: datetime


class TimerOut(Answer):
    """When an attempt began; when it ends, where the school enforces time."""

    started_at: datetime
    ends_at: datetime | None
    seconds: int | None


class GivenUpOut(Answer):
    exercise: UUID
    explanation: str
    solution: dict[str, Any] = Field(default=ABSENT)
    afterwards: dict[str, Any] = Field(default=ABSENT)
    exercise_progress: ExerciseProgressOut


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


class SyncIn(Body):
    """Attempts and reports given offline, in any order; each is taken for itself."""

    items: list[Annotated[Any, WithJsonSchema(offline.item_schema())]] = Field(
        max_length=MOST_ITEMS
    )


class ItemOut(Answer):
    """What became of one item: its `result`, or the `problem` it was refused with."""

    client_id: UUID | None
    status: int
    result: dict[str, Any] = Field(default=ABSENT)
    problem: Problem = Field(default=ABSENT)


class SyncOut(Answer):
    results: list[ItemOut]


class ActivityOut(Answer):
    """One thing that one did. `subject` is the page or thing it was done with."""

    id: UUID
    kind: str
    subject: UUID | None
    data: dict[str, Any]
    at: datetime


class ActivityFilters(Paging):
    kinds: Line = Field(default="", max_length=500, description="Kinds, with commas between.")


@router.post(
    "/learning/exercises/{uuid:exercise_id}/attempts",
    access=MEMBER,
    response={201: AttemptOut},
    exclude_unset=True,
    summary="Answer an exercise",
)
def create_attempt(
    request: HttpRequest,
    response: HttpResponse,
    exercise_id: UUID,
    body: AttemptIn,
    lang: Language = "",
) -> Status[dict[str, Any]]:
    at = now()
    outcome = record_attempt(
        learner=learner_of(request, lang=lang),
        exercise_id=exercise_id,
        given=Given(
            answer=body.answer, answered_at=at, seconds=body.seconds, client_id=body.client_id
        ),
        at=at,
    )
    return _made(outcome, response, location=request.path)


def _made(outcome: Outcome, response: HttpResponse, *, location: str) -> Status[dict[str, Any]]:
    response["Location"] = location
    if outcome.replayed:
        response["Idempotent-Replayed"] = "true"
    return Status(201, outcome.body)


@router.post(
    "/learning/exercises/{uuid:exercise_id}/attempts/start",
    access=MEMBER,
    response=TimerOut,
    summary="Start the clock of an attempt",
)
def start_clock(request: HttpRequest, exercise_id: UUID) -> Timer:
    return start_attempt(learner=learner_of(request), exercise_id=exercise_id, at=now())


@router.get(
    "/learning/exercises/{uuid:exercise_id}/attempts",
    access=MEMBER,
    response=Page[OwnAttemptOut],
    exclude_unset=True,
    summary="List one's own attempts at an exercise",
)
def list_own_attempts(
    request: HttpRequest, exercise_id: UUID, paging: Query[Paging]
) -> dict[str, Any]:
    return queries.own_attempts(learner_of(request), exercise_id=exercise_id, paging=paging)


@router.post(
    "/learning/exercises/{uuid:exercise_id}/give-up",
    access=MEMBER,
    response=GivenUpOut,
    exclude_unset=True,
    summary="Give an exercise up, and see its solution",
)
def give_exercise_up(
    request: HttpRequest, exercise_id: UUID, lang: Language = ""
) -> dict[str, Any]:
    return give_up(learner=learner_of(request, lang=lang), exercise_id=exercise_id, at=now())


@router.post(
    "/learning/sync",
    access=MEMBER,
    response=SyncOut,
    exclude_unset=True,
    summary="Send what was given offline",
)
def sync(request: HttpRequest, body: SyncIn, lang: Language = "") -> dict[str, Any]:
    learner = learner_of(request, lang=lang)
    outcomes = offline.take_offline(learner=learner, items=body.items, at=now())
    return {"results": [_item(outcome) for outcome in outcomes]}


def _item(outcome: offline.ItemOutcome) -> dict[str, Any]:
    if outcome.error is None:
        return {
            "client_id": outcome.client_id,
            "status": 201 if outcome.made else 200,
            "result": outcome.body,
        }
    refusal = problem_of(outcome.error)
    return {
        "client_id": outcome.client_id,
        "status": refusal.status_code,
        "problem": json.loads(refusal.content),
    }


@router.get(
    "/learning/progress",
    access=MEMBER,
    response=ProgressPageOut,
    summary="List one's own progress by lesson",
)
def list_progress(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return queries.own_progress(learner_of(request), paging=paging)


@router.get(
    "/learning/lessons/{uuid:lesson_id}/progress",
    access=MEMBER,
    response=LessonDetailOut,
    summary="Read one's own progress in a lesson",
)
def get_lesson_progress(request: HttpRequest, lesson_id: UUID) -> dict[str, Any]:
    return queries.lesson_progress(learner_of(request), lesson_id=lesson_id)


@router.put(
    "/learning/lessons/{uuid:lesson_id}/progress",
    access=MEMBER,
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
    response={204: None},
    summary="Take a course",
)
def enrol_in_course(request: HttpRequest, course_id: UUID) -> Status[None]:
    courses.enrol(learner=learner_of(request), course_id=course_id, at=now())
    return Status(204, None)


@router.delete(
    "/learning/courses/{uuid:course_id}/enrolment",
    access=MEMBER,
    response={204: None},
    summary="Give up a course",
)
def leave_course(request: HttpRequest, course_id: UUID) -> Status[None]:
    courses.leave(learner=learner_of(request), course_id=course_id, at=now())
    return Status(204, None)


@router.get(
    "/learning/courses/{uuid:course_id}/progress",
    access=MEMBER,
    response=CourseProgressOut,
    summary="Read one's own progress in a course",
)
def get_course_progress(
    request: HttpRequest, course_id: UUID, lang: Language = ""
) -> dict[str, Any]:
    return queries.course_progress(learner_of(request, lang=lang), course_id=course_id)


@router.get(
    "/me/activity",
    access=SIGNED_IN_AT_SCHOOL,
    response=Page[ActivityOut],
    summary="List what one did in the school",
)
def list_activity(request: HttpRequest, filters: Query[ActivityFilters]) -> dict[str, Any]:
    kinds = [kind.strip() for kind in filters.kinds.split(",") if kind.strip()]
    return queries.own_activity(learner_of(request), kinds=kinds, paging=filters)
