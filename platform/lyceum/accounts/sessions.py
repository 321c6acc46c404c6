"""Sessions that are over."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session


def forget_ended_sessions(at: datetime) -> None:
    """Delete sessions that have ended by `at`, the tokens that rest on them, and their listing."""
    Session.objects.filter(expire_date__lte=at).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def end_all_sessions() -> None:
    """Sign everybody out, in browsers and apps alike."""
    Session.objects.all().delete()
    UserSession.objects.all().delete()
