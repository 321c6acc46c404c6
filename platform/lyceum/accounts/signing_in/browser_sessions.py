"""The cookie session of a browser: who is signed in by it, and where they stand, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    OuterRef,
    QuerySet,
    Subquery,
)

from lyceum.accounts.models import User
from lyceum.accounts.signing_in.session_text import signs_in
from lyceum.kernel.prepared import Slot, fetch
from lyceum.schools.standing import Standing, standing_beside, with_standing


@dataclass(frozen=True)
class SignedIn:
    """A person, with their profile, and where they stand in the school that was asked about."""

    user: User
    standing: Standing


def signed_in_by(session_key: str, *, school_id: int, at: datetime) -> SignedIn | None:
    """
    Return who is signed in by a session; None if nobody is, or if it is not listed. One query.

    Django reads the session, then the person it names, then their profile. allauth lists each
    log-in of a browser beside its person, and so joins them. A session that is not listed, as one
    that began in the editor, is for Django to read.
    """
    found = fetch("signed_in_by", _with_everything, key=session_key, school=school_id, at=at)
    if not found or not found[0].data_of_session:
        return None
    listed = found[0]
    user: User = listed.user
    if not signs_in(listed.data_of_session, user):
        return None
    return SignedIn(user, standing_beside(listed))


def _with_everything() -> QuerySet[UserSession]:
    going_on = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=Slot("at", DateTimeField())
    )
    listed = UserSession.objects.select_related("user__profile").filter(
        session_key=Slot("key", CharField())
    )
    return with_standing(
        listed.annotate(data_of_session=Subquery(going_on.values("session_data"))),
        Slot("school", BigIntegerField()),
    )
