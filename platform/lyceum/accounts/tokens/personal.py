"""Personal tokens: for a person's own programs, good for one school and what their scopes say."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from lyceum.accounts.models import PersonalToken, Profile, User
from lyceum.accounts.notices import notify
from lyceum.accounts.tokens.scopes import scopes_at
from lyceum.events.services import record_audit
from lyceum.kernel.errors import Conflict, Invalid, NotFound
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.standing import Standing, standing_beside, with_standing

# A prefix of its own, so that scanners of leaked secrets know one when they see it.
PREFIX = "lyc_"
FORM = re.compile(r"^lyc_[0-9a-f]{40}$")
SHOWN = len(PREFIX) + 6
MOST_TOKENS = 20
MOST_DAYS = 365
PRECISION = timedelta(hours=1)


class TooManyTokens(Conflict):
    """
    You have as many personal tokens as one may have.

    Revoke one that is no longer used: `DELETE /api/v1/me/tokens/{id}`.
    """

    code = "too_many_tokens"
    detail = f"Nobody has more than {MOST_TOKENS} personal tokens."


@dataclass(frozen=True)
class TokenView:
    """A personal token as its person sees it; `token` is filled only when it is made."""

    id: UUID
    name: str
    school: UUID
    school_slug: str
    scopes: tuple[str, ...]
    starts_with: str
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    token: str = ""


@dataclass(frozen=True)
class Bearer:
    """Who holds a personal token, at which school, what for, and where they stand there."""

    id: UUID
    user: User
    school_id: int
    scopes: frozenset[str]
    standing: Standing


@transaction.atomic
def make_token(
    *,
    user: User,
    school: CurrentSchool,
    name: str,
    scopes: Iterable[str],
    days: int,
    at: datetime,
) -> TokenView:
    """
    Make a personal token that holds for `days`; the answer is the only place where it is told.

    :raises Invalid: if the school has no such scope, or the days are none that a token may hold
    :raises TooManyTokens: if the person has `MOST_TOKENS` already
    """
    wanted = _checked(scopes, days, school)
    # Makers of one person wait for each other, or all of them would find room for the last one.
    Profile.objects.select_for_update().get(user_id=user.pk)
    if PersonalToken.objects.filter(user=user, expires_at__gt=at).count() >= MOST_TOKENS:
        raise TooManyTokens
    secret = PREFIX + secrets.token_hex(20)
    token = PersonalToken.objects.create(
        user=user,
        school_id=school.id,
        name=name,
        scopes=wanted,
        digest=_digest(secret),
        starts_with=secret[:SHOWN],
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    record_audit(
        action="account.token_made",
        school=school.uuid,
        actor=user.uuid,
        target=token.uuid,
        target_type="personal_token",
        changes={"scopes": [[], wanted]},
    )
    transaction.on_commit(lambda: notify(user=user, kind="token_made", at=at), robust=True)
    return view_of(token, secret=secret)


@transaction.atomic
def revoke_token(*, user: User, token_id: UUID) -> None:
    """
    End one of a person's own tokens; it is dead from the next request.

    :raises NotFound: if they have no such token
    """
    ended = _end(PersonalToken.objects.filter(user=user, uuid=token_id), actor=user.uuid, why="")
    if not ended:
        raise NotFound


@transaction.atomic
def end_tokens(*, user: User, actor: UUID | None, why: str) -> int:
    """End all of a person's tokens, whichever school they are for; return how many there were."""
    return _end(PersonalToken.objects.filter(user=user), actor=actor, why=why)


def tokens_of(user: User) -> models.QuerySet[PersonalToken]:
    """Return a person's tokens; of those that expired, the last month's."""
    return PersonalToken.objects.filter(user=user).select_related("school")


def view_of(token: PersonalToken, *, secret: str = "") -> TokenView:
    """
    Return a token as doors answer it: without scopes of plugins that are off at its school.

    The school must be loaded, or costs a query.
    """
    known = scopes_at(host.in_force(token.school.plugins))
    return TokenView(
        id=token.uuid,
        name=token.name,
        school=token.school.uuid,
        school_slug=token.school.slug,
        scopes=tuple(scope for scope in token.scopes if scope in known),
        starts_with=token.starts_with,
        created_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        token=secret,
    )


def bearer_of(token: str, *, at: datetime) -> Bearer | None:
    """
    Return who is behind a personal token, with their profile; None if it is dead.

    One query. Dead is one that is unknown, revoked or expired, and one whose person was deactivated
    or is no member of its school any more; the operator needs no membership. Its use is noted once
    an hour.
    """
    if not FORM.match(token):
        return None
    place = Membership.objects.active().filter(
        user_id=OuterRef("user_id"), school_id=OuterRef("school_id")
    )
    try:
        found = (
            with_standing(PersonalToken.objects.select_related("user__profile"), F("school_id"))
            .filter(Q(Exists(place)) | Q(user__is_superuser=True))
            .get(digest=_digest(token), expires_at__gt=at, user__is_active=True)
        )
    except PersonalToken.DoesNotExist:
        return None
    if found.last_used_at is None or at - found.last_used_at >= PRECISION:
        PersonalToken.objects.filter(pk=found.pk).update(last_used_at=at)
    return Bearer(
        found.uuid,
        found.user,
        found.school_id,
        frozenset(found.scopes),
        standing_beside(found),
    )


def forget_expired_tokens(at: datetime) -> None:
    """Delete tokens that expired a month ago or earlier."""
    PersonalToken.objects.filter(expires_at__lte=at - timedelta(days=30)).delete()


def _checked(scopes: Iterable[str], days: int, school: CurrentSchool) -> list[str]:
    wanted, known = sorted(set(scopes)), scopes_at(school.plugins)
    wrong: dict[str, list[str]] = {}
    if not wanted or not set(wanted) <= set(known):
        wrong["scopes"] = [f"Choose from: {', '.join(known)}."]
    if not 1 <= days <= MOST_DAYS:
        wrong["days"] = [f"A token holds for 1 to {MOST_DAYS} days."]
    if wrong:
        raise Invalid(fields=wrong)
    return wanted


def _end(tokens: models.QuerySet[PersonalToken], *, actor: UUID | None, why: str) -> int:
    ended = list(tokens.select_for_update(of=("self",)).select_related("school"))
    for token in ended:
        record_audit(
            action="account.token_revoked",
            school=token.school.uuid,
            actor=actor,
            target=token.uuid,
            target_type="personal_token",
            changes={"why": why} if why else None,
        )
    tokens.filter(pk__in=[token.pk for token in ended]).delete()
    return len(ended)


def _digest(token: str) -> str:
    # 160 random bits cannot be guessed from their digest: no salt, no slow hash, no key to rotate.
    return hashlib.sha256(token.encode()).hexdigest()
