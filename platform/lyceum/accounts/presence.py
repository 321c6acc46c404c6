"""When a person was last here."""

from __future__ import annotations

from datetime import datetime, timedelta

from lyceum.accounts.models import Profile, User

PRECISION = timedelta(minutes=5)


def note_presence(user: User, *, at: datetime) -> None:
    """Note that a person is here now; writes once in five minutes at most."""
    seen = user.profile.last_seen_at
    if seen is None or at - seen >= PRECISION:
        Profile.objects.filter(user_id=user.pk).update(last_seen_at=at)
        user.profile.last_seen_at = at
