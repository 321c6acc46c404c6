"""Personal tokens: for one's own programs, at one school."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field

from lyceum.accounts.tokens import personal
from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import MEMBER_ANEW, SIGNED_IN, Router
from lyceum.http.schemas import Answer, Body, Line, Page
from lyceum.kernel.clock import now

router = Router(tags=["me"])


class TokenIn(Body):
    """What to make: for which program, what it is good for, and for how long."""

    name: Line = Field(min_length=1, max_length=100, description="Of the program that holds it.")
    scopes: list[Line] = Field(
        min_length=1, max_length=30, description="Such as `content:read`; see the documentation."
    )
    days: int = Field(default=90, ge=1, le=personal.MOST_DAYS)


class TokenOut(Answer):
    """A personal token. It does more than its person may at no time."""

    id: UUID
    name: str
    school: UUID
    school_slug: str
    scopes: list[str]
    starts_with: str = Field(description="Enough of the token to recognise it.")
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = Field(description="To the hour.")


class NewTokenOut(TokenOut):
    """A token just made; the token itself is told here and nowhere else."""

    token: str


@router.get(
    "/me/tokens", access=SIGNED_IN, response=Page[TokenOut], summary="List your personal tokens"
)
def list_my_tokens(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    found = personal.tokens_of(user_of(request))
    return paginate(found, order=["-id"], paging=paging, view=personal.view_of)


@router.post(
    "/me/tokens",
    access=MEMBER_ANEW,
    response={201: NewTokenOut},
    summary="Make a personal token for this school",
)
def make_my_token(
    request: HttpRequest, body: TokenIn, response: HttpResponse
) -> Status[personal.TokenView]:
    token = personal.make_token(
        user=user_of(request),
        school=school_of(request),
        name=body.name,
        scopes=body.scopes,
        days=body.days,
        at=now(),
    )
    response["Cache-Control"] = "no-store"
    return Status(201, token)


@router.delete(
    "/me/tokens/{uuid:id}",
    access=SIGNED_IN,
    response={204: None},
    summary="Revoke a personal token",
)
def revoke_my_token(request: HttpRequest, id: UUID) -> Status[None]:
    personal.revoke_token(user=user_of(request), token_id=id)
    return Status(204, None)
