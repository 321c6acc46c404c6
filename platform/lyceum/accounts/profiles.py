"""What people tell of themselves: read it, change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

import phonenumbers
from django.db import transaction

from lyceum.accounts.addresses import primary_address_of
from lyceum.accounts.audit import record_of_account
from lyceum.accounts.avatars import avatar_address
from lyceum.accounts.childhood import hide_child, keep_child_birth
from lyceum.accounts.languages import languages
from lyceum.accounts.models import Profile, User
from lyceum.events.services import Fact, publish
from lyceum.kernel.errors import Invalid
from lyceum.schools.roles import ManagedBySchool
from lyceum.schools.standing import Place, places_of

FIRST_BIRTHDAY = date(1900, 1, 1)
OF_USER = frozenset({"first_name", "last_name"})
# What the school knows, and ways to reach a child beside it.
NOT_OF_MANAGED = frozenset({"first_name", "last_name", "phone"})


@dataclass(frozen=True)
class Me:
    """A person's own account, as they read it, with all their places in schools."""

    id: UUID
    email: str
    email_verified: bool
    managed: bool
    username: str
    first_name: str
    last_name: str
    avatar: str
    bio: str
    date_of_birth: date | None
    age: int | None
    phone: str
    language: str
    time_zone: str
    education: str
    preferences: Mapping[str, Any]
    notification_preferences: Mapping[str, Any]
    subjects: list[str]
    qualifications: str
    public_bio: str
    memberships: list[Place]
    joined_at: datetime
    last_seen_at: datetime | None


def me(user: User, *, at: datetime) -> Me:
    """Return a person's own account. Two queries, three for an address that is not proved."""
    profile = user.profile
    email, verified = ("", False) if user.is_managed else primary_address_of(user)
    return Me(
        id=user.uuid,
        email=email,
        email_verified=verified,
        managed=user.is_managed,
        username=user.username,
        first_name=user.first_name,
        last_name=user.last_name,
        avatar=avatar_address(user),
        bio=profile.bio,
        date_of_birth=profile.date_of_birth,
        age=profile.age(at),
        phone=profile.phone,
        language=profile.language,
        time_zone=profile.time_zone,
        education=profile.education,
        preferences=profile.preferences,
        notification_preferences=profile.notification_preferences,
        subjects=profile.subjects,
        qualifications=profile.qualifications,
        public_bio=profile.public_bio,
        memberships=places_of(user_id=user.pk),
        joined_at=user.date_joined,
        last_seen_at=profile.last_seen_at,
    )


@transaction.atomic
def change_profile(*, user: User, changes: Mapping[str, Any], at: datetime) -> Me:
    """
    Change what a person tells of themselves; `changes` holds only what is to change.

    Who tells that they are a child counts as one in all their schools from then on.

    :raises Invalid: if a value cannot be right, with the reason by field
    :raises ManagedBySchool: if a managed account would change its name, or tell a telephone number
    """
    if user.is_managed and not NOT_OF_MANAGED.isdisjoint(changes):
        raise ManagedBySchool
    changes = _checked(changes, at=at)
    profile = Profile.objects.select_for_update().get(user_id=user.pk)
    born = profile.date_of_birth
    for name, value in changes.items():
        setattr(user if name in OF_USER else profile, name, value)
    user.save(update_fields=sorted(OF_USER & changes.keys()))
    tells_child = keep_child_birth(profile, at=at)
    profile.save(update_fields=sorted(changes.keys() - OF_USER | {"child_born_on"}))
    user.profile = profile
    # The same date once more says nothing new: what a manager lifted since stays so.
    if tells_child and profile.date_of_birth != born:
        hide_child(user, by=user, at=at)
    if changes:
        # Everything here is personal: told as changed, without the value.
        record_of_account(
            action="account.profile_changed",
            user=user,
            actor=user.uuid,
            changes=dict.fromkeys(changes, "changed"),
        )
        fields = {"fields": sorted(changes)}
        publish(Fact("profile_changed", at=at, actor=user.uuid, subject=user.uuid, data=fields))
    return me(user, at=at)


def _checked(changes: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Return the changes in the form in which they are kept."""
    checked = dict(changes)
    wrong: dict[str, list[str]] = {}
    born = checked.get("date_of_birth")
    if born is not None and not FIRST_BIRTHDAY <= born <= at.date():
        wrong["date_of_birth"] = ["It lies in the future, or before 1900."]
    if checked.get("phone"):
        try:
            checked["phone"] = _e164(checked["phone"])
        except ValueError as error:
            wrong["phone"] = [str(error)]
    if checked.get("language") and checked["language"] not in languages():
        wrong["language"] = [f"It is none of: {', '.join(sorted(languages()))}."]
    if "time_zone" in checked and checked["time_zone"] not in available_timezones():
        wrong["time_zone"] = ["There is no such time zone. Send one as in Europe/Madrid."]
    if wrong:
        raise Invalid(fields=wrong)
    return checked


def _e164(given: str) -> str:
    """
    Return a telephone number in E.164 form (ITU-T), `+` and 9 to 15 digits.

    :raises ValueError: if it is no number that could exist
    """
    problem = "Send it in international form, as in +34600111222."
    try:
        number = phonenumbers.parse(given, None)
    except phonenumbers.NumberParseException as error:
        raise ValueError(problem) from error
    plain = str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    if not phonenumbers.is_possible_number(number) or not 9 <= len(plain) - 1 <= 15:
        raise ValueError(problem)
    return plain
