"""What concerns a child is told to the school's staff at once, by mail."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from lyceum.accounts.mail import post
from lyceum.accounts.models import User
from lyceum.community.models import Case
from lyceum.community.standing import above_none_of
from lyceum.http.outages import outage_of
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import Membership
from lyceum.schools.roles import ADMIN, MANAGER, MODERATOR

NAME = "urgent_report"


def tell_staff_at_once(case: Case, school: CurrentSchool) -> None:
    """Have the mails about a case sent once its transaction is kept."""
    case_id = case.pk
    transaction.on_commit(lambda: _hand_over(case_id), robust=True)


def mail_staff(*, case_id: int) -> int:
    """
    Write to those who may handle a case that it waits; return to how many.

    The mail tells neither who is concerned nor what was said: it may be read on any screen.
    """
    case = Case.objects.select_related("author").filter(pk=case_id).first()
    if case is None:
        return 0
    school = school_by_id(case.school_id)
    people = _readers(case, school)
    for person in people:
        language = person.profile.language or school.language
        about = {"address": f"{school.origin}/admin/moderation/{case.uuid}/"}
        to = str(person.email)
        post(room="community", name=NAME, to=to, school=school, language=language, values=about)
    return len(people)


def _readers(case: Case, school: CurrentSchool) -> QuerySet[User]:
    held = Q()
    for role in (MODERATOR, MANAGER, ADMIN):
        held |= Q(roles__contains=f",{role},")
    staff = Membership.objects.active().filter(held, school_id=school.id)
    people = User.objects.filter(is_active=True, memberships__in=above_none_of(staff, case))
    return people.exclude(email=None).select_related("profile").distinct()


def _hand_over(case_id: int) -> None:
    """Have the worker send the mails: nobody waits for a mail server. Without its queue, do it."""
    from lyceum.community.tasks import mail_about_child

    try:
        mail_about_child(case_id)
    except Exception as error:
        if outage_of(error) is None:
            raise
        mail_staff(case_id=case_id)
