"""Every code that the API can answer, explained."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import render

from lyceum.http.problem_pages import all_pages, page_of
from lyceum.http.requests import Request
from lyceum.http.routing import PUBLIC, Router
from lyceum.http.schemas import Answer

router = Router(tags=["operations"])


A_PAGE = {"description": "A page.", "content": {"text/html": {"schema": {"type": "string"}}}}


class ProblemExplained(Answer):
    """A code, the status it comes with, what happened, and what to do."""

    code: str
    title: str
    status: int
    what: str
    cure: str


@router.get(
    "/problems", access=PUBLIC, response=list[ProblemExplained], summary="List all problem codes"
)
def list_problems(request: Request) -> list[dict[str, object]]:
    return [asdict(page) for page in all_pages(school=request.school)]


@router.get(
    "/problems/{code}",
    access=PUBLIC,
    summary="Explain a problem code, as a page",
    openapi_extra={"responses": {200: A_PAGE}},
)
def get_problem(request: Request, code: str) -> HttpResponse:
    return render(request, "http/problem.html", {"problem": page_of(code, school=request.school)})
