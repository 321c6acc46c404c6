"""Who is a child by the date of birth they told, whatever they tell later."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from lyceum.accounts.models import Profile, User, age_of
from lyceum.schools.childhood import count_as_child

AT_ONCE = 1000


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


def hide_child(user: User, *, by: User | None, at: datetime) -> None:
    """Have a person who tells that they are a child count as one in all their schools."""
    # Who joins a school meanwhile waits here, or is waited for: one of both finds the other.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=user.pk)
    count_as_child(user, by=by, at=at)


def find_children(*, at: datetime) -> int:
    """
    Have people count as children by a date of birth that nobody looked at yet; return how many.

    They told it before there were such marks, or while the deployment's age was lower. What was
    looked at once is not again: a mark that a manager lifted stays lifted. At most `AT_ONCE`.
    """
    young = Profile.objects.filter(date_of_birth__gt=_latest_grown(at))
    unseen = young.filter(Q(child_born_on=None) | Q(child_born_on__lt=F("date_of_birth")))
    people = list(unseen.order_by("pk").values_list("user_id", flat=True)[:AT_ONCE])
    return sum(_find_child(user_id, at) for user_id in people)


@transaction.atomic
def _find_child(user_id: int, at: datetime) -> bool:
    profiles = Profile.objects.select_for_update(of=("self",)).select_related("user")
    profile = profiles.filter(user_id=user_id).first()
    if profile is None or not keep_child_birth(profile, at=at):
        return False
    profile.save(update_fields=["child_born_on"])
    hide_child(profile.user, by=None, at=at)
    return True


def _latest_grown(at: datetime) -> date:
    """Return the latest date of birth of somebody who is no child."""
    today, age = at.date(), settings.LYCEUM_CHILD_AGE
    try:
        return today.replace(year=today.year - age)
    except ValueError:  # the 29th of February
        return date(today.year - age, 2, 28)


def _is_young(born: date | None, at: datetime) -> bool:
    return born is not None and age_of(born, at) < settings.LYCEUM_CHILD_AGE
