"""Schools: which there are, and what a front end must know of one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest

from lyceum.http.requests import school_of
from lyceum.http.routing import SCHOOL, Router
from lyceum.http.schemas import Answer
from lyceum.schools.current import CurrentSchool

router = Router(tags=["school"])


class SchoolOut(Answer):
    """A school, as anyone may know it."""

    id: UUID
    slug: str
    name: str
    languages: list[str]
    level_scale: str
    signup_policy: str
    catalogue: str
    pass_mark: int

    @staticmethod
    def resolve_id(school: CurrentSchool) -> UUID:
        return school.uuid


@router.get("/school", access=SCHOOL, response=SchoolOut, summary="Read the school")
def get_school(request: HttpRequest) -> CurrentSchool:
    return school_of(request)
