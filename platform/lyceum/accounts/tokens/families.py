"""The life of a token family: started by a log-in, advanced by refreshing, ended by reuse."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.contrib.sessions.models import Session
from django.db import transaction

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import ABSOLUTE_LIFETIME, TokenFamily, User

REFRESH_LIFETIME = timedelta(days=7)
GRACE = timedelta(seconds=10)


def start_family(*, user: User, session_key: str, at: datetime) -> TokenFamily:
    """Start the family of a log-in that has just been completed in this session."""
    family, _ = TokenFamily.objects.update_or_create(
        session_id=session_key,
        defaults={"user": user, "current": uuid4(), "spent": {}, "signed_in_at": at},
    )
    return family


@transaction.atomic
def advance(*, family_id: UUID, token: UUID, at: datetime) -> TokenFamily | None:
    """
    Replace a family's refresh token by a new one; None if `token` is not the one still good.

    Of several requests with one token exactly one is answered. A spent token that comes back after
    the grace was copied: whoever holds the newest may be the thief, so the session ends, and with
    it every token of the family (OAuth 2.0 Security BCP, RFC 9700, 4.14.2).
    """
    family = (
        TokenFamily.objects.select_for_update(of=("self",))
        .select_related("user", "session")
        .filter(id=family_id)
        .first()
    )
    if family is None or not family.is_alive(at):
        return None
    recently = {
        spent: second
        for spent, second in family.spent.items()
        if at.timestamp() - second <= GRACE.total_seconds()
    }
    if token == family.current:
        family.spent = {**recently, str(token): at.timestamp()}
        family.current = uuid4()
        family.save(update_fields=["spent", "current"])
        _prolong_session(family, at=at)
        return family
    if str(token) not in recently:
        end_family(family, why="refresh_token_reused")
    return None


def end_family(family: TokenFamily, *, why: str) -> None:
    """End a session and all tokens that rest on it."""
    record_of_account(
        action="account.session_ended",
        user=family.user,
        actor=family.user.uuid,
        changes={"why": why},
    )
    family.session.delete()


def _prolong_session(family: TokenFamily, *, at: datetime) -> None:
    end = min(at + REFRESH_LIFETIME, family.signed_in_at + ABSOLUTE_LIFETIME)
    Session.objects.filter(session_key=family.session_id).update(expire_date=end)
