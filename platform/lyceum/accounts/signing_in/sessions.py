"""Sessions that are over."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from lyceum.accounts.models import TokenFamily, User


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
