"""Who is a child by the date of birth they told, whatever they tell later."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from lyceum.accounts.models import Profile, User, age_of
from lyceum.schools.childhood import count_as_child


def is_known_child(user: User, at: datetime) -> bool:
    """Return whether a person ever told a date of birth by which they are a child. One query."""
    told = Profile.objects.filter(user_id=user.pk).values_list("date_of_birth", "child_born_on")
    return any(_is_young(born, at) for dates in told for born in dates)


def keep_child_birth(profile: Profile, *, at: datetime) -> bool:
    """
    Keep on the profile, unsaved, the date of birth by which its person is a child.

    Return whether they are, by what they tell now.
    """
    born = profile.date_of_birth
    if born is None or not _is_young(born, at):
        return False
    # The latest of them: to tell an earlier one makes nobody older.
    profile.child_born_on = max(profile.child_born_on or born, born)
    return True


def hide_child(user: User, *, at: datetime) -> None:
    """Have a person who tells that they are a child count as one in all their schools."""
    # Who joins a school meanwhile waits here, or is waited for: one of both finds the other.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    count_as_child(user, at=at)


def _is_young(born: date | None, at: datetime) -> bool:
    return born is not None and age_of(born, at) < settings.LYCEUM_CHILD_AGE
