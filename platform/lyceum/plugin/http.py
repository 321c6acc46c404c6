"""What endpoints and answers are built from."""

from lyceum.http.pagination import CursorInvalid, Paging, paginate
from lyceum.http.problems import problem_of
from lyceum.http.requests import Request, school_of, standing_in, user_of
from lyceum.http.routing import CATALOGUE, MEMBER, SCHOOL, Router, permitted
from lyceum.http.schemas import Answer, Body, Line, Page, Text
from lyceum.http.throttling import Limit

__all__ = [
    "CATALOGUE",
    "MEMBER",
    "SCHOOL",
    "Answer",
    "Body",
    "CursorInvalid",
    "Limit",
    "Line",
    "Page",
    "Paging",
    "Request",
    "Router",
    "Text",
    "paginate",
    "permitted",
    "problem_of",
    "school_of",
    "standing_in",
    "user_of",
]
