"""People as moments show them, following, what others did, and what one chose."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Status

from lyceum.plugin.clock import now
from lyceum.plugin.http import MEMBER, Page, Paging
from plugins.moments.actors import actor_of
from plugins.moments.api.door import FOLLOWING, NOTHING, READ, WRITE, router
from plugins.moments.api.schemas import (
    ActivityOut,
    MomentOut,
    PersonOut,
    Preferences,
    ProfileOut,
    StandingOut,
)
from plugins.moments.queries import people as queries
from plugins.moments.queries.moments import moments_of
from plugins.moments.queries.standing import standing_of
from plugins.moments.services.choosing import choose
from plugins.moments.services.following import follow, unfollow


@router.get(
    "/people/{uuid:person_id}",
    access=MEMBER,
    scope=READ,
    response=ProfileOut,
    summary="Read of a person",
)
def read_person(request: HttpRequest, person_id: UUID) -> dict[str, Any]:
    return queries.profile_of(actor_of(request), person_id)


@router.get(
    "/people/{uuid:person_id}/moments",
    access=MEMBER,
    scope=READ,
    response=Page[MomentOut],
    summary="Read a person's moments",
)
def read_moments_of(request: HttpRequest, person_id: UUID, paging: Query[Paging]) -> dict[str, Any]:
    return moments_of(actor_of(request), person_id, paging=paging)


@router.get(
    "/people/{uuid:person_id}/followers",
    access=MEMBER,
    scope=READ,
    response=Page[PersonOut],
    summary="List who follows a person",
)
def read_followers(request: HttpRequest, person_id: UUID, paging: Query[Paging]) -> dict[str, Any]:
    return queries.followers_of(actor_of(request), person_id, paging=paging)


@router.get(
    "/people/{uuid:person_id}/following",
    access=MEMBER,
    scope=READ,
    response=Page[PersonOut],
    summary="List whom a person follows",
)
def read_following(request: HttpRequest, person_id: UUID, paging: Query[Paging]) -> dict[str, Any]:
    return queries.followed_by(actor_of(request), person_id, paging=paging)


@router.put(
    "/people/{uuid:person_id}/follow",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=FOLLOWING,
    summary="Follow a person",
)
def follow_person(request: HttpRequest, person_id: UUID) -> Status[None]:
    follow(actor=actor_of(request), person=person_id, at=now())
    return Status(204, None)


@router.delete(
    "/people/{uuid:person_id}/follow",
    access=MEMBER,
    scope=WRITE,
    response=NOTHING,
    limit=FOLLOWING,
    summary="Follow a person no more",
)
def unfollow_person(request: HttpRequest, person_id: UUID) -> Status[None]:
    unfollow(actor=actor_of(request), person=person_id)
    return Status(204, None)


@router.get(
    "/activity",
    access=MEMBER,
    scope=READ,
    response=Page[ActivityOut],
    summary="List what others did that concerns you",
)
def read_activity(request: HttpRequest, paging: Query[Paging]) -> dict[str, Any]:
    return queries.activity_of(actor_of(request), paging=paging)


@router.get(
    "/me", access=MEMBER, scope=READ, response=StandingOut, summary="Read what one may do here"
)
def read_standing(request: HttpRequest) -> dict[str, Any]:
    return standing_of(actor_of(request), at=now())


@router.get(
    "/preferences",
    access=MEMBER,
    scope=READ,
    response=Preferences,
    summary="Read what one chose here",
)
def read_preferences(request: HttpRequest) -> dict[str, Any]:
    return queries.preferences_of(actor_of(request))


@router.put(
    "/preferences", access=MEMBER, scope=WRITE, response=Preferences, summary="Choose for oneself"
)
def write_preferences(request: HttpRequest, body: Preferences) -> dict[str, Any]:
    actor = actor_of(request)
    choose(actor=actor, automatic=body.automatic)
    return queries.preferences_of(actor)
