"""Learning: answers and their marks, given one by one or brought from offline."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field, WithJsonSchema

from api.v1.exercise_shapes import AfterAnswer, GivenAnswer, Solution
from api.v1.progress import ExerciseProgressOut, Language, LessonProgressOut
from lyceum.http.pagination import Paging
from lyceum.http.problems import problem_of
from lyceum.http.routing import MEMBER, Router
from lyceum.http.schemas import Answer, Body, Page, Problem, ToldAs
from lyceum.kernel.clock import now
from lyceum.learning import queries
from lyceum.learning.learners import learner_of
from lyceum.learning.services import offline
from lyceum.learning.services.attempts import Given, record_attempt
from lyceum.learning.services.giving_up import give_up
from lyceum.learning.services.offline import DAY, MOST_ITEMS
from lyceum.learning.services.once import Outcome
from lyceum.learning.services.timing import Timer, start_attempt

router = Router(tags=["learning"])

ABSENT: Any = None


class AttemptIn(Body):
    """An answer, in the shape that the exercise's kind asks for (`GET /content/exercise-kinds`)."""

    answer: GivenAnswer
    seconds: int = Field(default=0, ge=0, le=DAY, description="How long it took. Advice only.")
    client_id: UUID | None = Field(
        default=None, description="Of the client's making; sent again, it is answered as before."
    )


class ReasonOut(Answer):
    """Why an answer is not quite what was expected, and where in the learner's own text."""

    code: str
    message: str
    start: int = Field(description="In code points, in the learner's own text.")
    end: int
    part: str = Field(description='As in `gap:0` or `choice:<id>`; "" for all of it.')
    severity: Literal["slip", "mistake"] = Field(
        description="A slip leaves the answer right, a mistake makes it, or its part, wrong: by "
        "the rules of marking in force when it was given."
    )


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
    solution: Solution = Field(default=ABSENT)
    afterwards: AfterAnswer = Field(default=ABSENT)
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
    answer: GivenAnswer
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
    solution: Solution = Field(default=ABSENT)
    afterwards: AfterAnswer = Field(default=ABSENT)
    exercise_progress: ExerciseProgressOut


class SyncIn(Body):
    """Attempts and reports given offline, in any order; each is taken for itself."""

    items: list[Annotated[Any, WithJsonSchema(offline.item_schema())]] = Field(
        max_length=MOST_ITEMS
    )


class ItemOut(Answer):
    """What became of one item: its `result`, or the `problem` it was refused with."""

    client_id: UUID | None
    status: int
    result: Annotated[dict[str, Any], ToldAs(AttemptOut | LessonProgressOut)] = Field(
        default=ABSENT
    )
    problem: Problem = Field(default=ABSENT)


class SyncOut(Answer):
    results: list[ItemOut]


@router.post(
    "/learning/exercises/{uuid:exercise_id}/attempts",
    access=MEMBER,
    scope="learning:write",
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
    scope="learning:write",
    response=TimerOut,
    summary="Start the clock of an attempt",
)
def start_clock(request: HttpRequest, exercise_id: UUID) -> Timer:
    return start_attempt(learner=learner_of(request), exercise_id=exercise_id, at=now())


@router.get(
    "/learning/exercises/{uuid:exercise_id}/attempts",
    access=MEMBER,
    scope="learning:read",
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
    scope="learning:write",
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
    scope="learning:write",
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
