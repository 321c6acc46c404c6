"""Previews: what a creator has not saved yet, read and tried by a token of theirs."""

from __future__ import annotations

import json
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from pydantic import Field

from api.v1.exercise_shapes import GivenAnswer
from api.v1.learning import ReasonOut
from lyceum.content.exercises.kinds import Graded
from lyceum.content.preview.services import read_preview, spoken_at
from lyceum.http.requests import school_of
from lyceum.http.routing import SCHOOL, Router
from lyceum.http.schemas import Answer, Body, Line
from lyceum.kernel.clock import now
from lyceum.learning.services.trial import try_answer

router = Router(tags=["content"])

Token = Annotated[Line, Field(max_length=500, description="Of the editor's preview.")]
Placed = Annotated[
    UUID | None, Field(description="Which of its exercises, if the preview is of a lesson.")
]
Lang = Annotated[Line, Field(max_length=10, description="One of the school's languages.")]


class PreviewOut(Answer):
    """
    The page as its detail would tell it. What else there is depends on its type.

    A lesson has its `exercises` with it, each as its own detail would tell it, drafts too.
    """

    id: str
    type: str
    title: str


class TrialIn(Body):
    """An answer, in the shape that the exercise's kind asks for."""

    answer: GivenAnswer


class TrialOut(Answer):
    """The mark that the answer would get. Score and correct are null while it needs review."""

    status: Literal["marked", "needs_review"]
    correct: bool | None
    score: float | None
    reasons: list[ReasonOut]
    feedback: list[str]


@router.get("/content/preview", access=SCHOOL, response=PreviewOut, summary="Read an unsaved page")
def get_preview(request: HttpRequest, token: Token, lang: Lang = "") -> HttpResponse:
    school = school_of(request)
    told = read_preview(token=token, school=school, language=lang, at=now())
    response = HttpResponse(json.dumps(told), content_type="application/json")
    response["Content-Language"] = spoken_at(school, lang)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


@router.post(
    "/content/preview/grade",
    access=SCHOOL,
    response=TrialOut,
    summary="Try an unsaved exercise, leaving no attempt",
)
def grade_preview(
    request: HttpRequest, token: Token, body: TrialIn, lang: Lang = "", exercise: Placed = None
) -> Graded:
    return try_answer(
        token=token,
        school=school_of(request),
        answer=body.answer,
        language=lang,
        at=now(),
        exercise=exercise,
    )
