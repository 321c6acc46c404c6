"""Sessions that are over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from lyceum.accounts.audit import record_of_account
from lyceum.accounts.models import TokenFamily, User


class SessionsAdapter(DefaultUserSessionsAdapter):
    """Ends sessions that a person looked at and did not want, as allauth does, and notes it."""

    @transaction.atomic
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End sessions of one person. That of the request itself is noted as it signs out."""
        ended = list(sessions)
        others = [session for session in ended if not session.is_current()]
        super().end_sessions(ended)
        if others:
            user: User = others[0].user
            counts = {"sessions": [len(others), 0]}
            record_of_account(
                action="account.sessions_ended", user=user, actor=user.uuid, changes=counts
            )


def forget_ended_sessions(at: datetime) -> None:
    """Delete sessions that have ended by `at`, the tokens that rest on them, and their listing."""
    Session.objects.filter(expire_date__lte=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def end_sessions_of(user: User) -> None:
    """Sign a person out wherever they are signed in, in browsers and apps alike."""
    listed = UserSession.objects.filter(user=user)
    tokens = TokenFamily.objects.filter(user=user)
    keys = {
        *listed.values_list("session_key", flat=True),
        *tokens.values_list("session_id", flat=True),
    }
    Session.objects.filter(session_key__in=keys).delete()
    listed.delete()


def end_all_sessions() -> None:
    """Sign everybody out, in browsers and apps alike."""
    Session.objects.all().delete()
    UserSession.objects.all().delete()
