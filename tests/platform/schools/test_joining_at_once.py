"""Many who join at once: one membership a person, one person an invitation, nothing lost."""

from __future__ import annotations

import pytest

from lyceum.accounts.models import PersonalToken, User
from lyceum.accounts.tokens.personal import MOST_TOKENS, make_token
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.invitations import invite
from lyceum.schools.membership import MembershipView, join, leave
from lyceum.schools.models import Cohort, Invitation, Membership
from tests.at_once import at_once, kinds
from tests.people import a_learner, a_member, a_person, a_school

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20


def an_invitation(school: CurrentSchool, *roles: str, cohort: Cohort | None = None) -> str:
    return invite(
        actor=a_member(school, "admin"),
        school=school,
        roles=roles,
        at=now(),
        cohort=cohort.uuid if cohort else None,
    ).code


def test_one_person_who_joins_many_times_at_once_is_one_member() -> None:
    school, user = a_school(), a_person()

    made = at_once(lambda _: join(user=user, school=school, at=now()), threads=THREADS)

    assert kinds(made) == {"MembershipView": THREADS}
    place = Membership.objects.get(user=user)
    assert {view.id for view in made} == {place.uuid}
    assert AuditEntry.objects.filter(action="school.joined").count() == 1


def test_an_invitation_taken_by_twenty_people_at_once_admits_one_of_them() -> None:
    school = a_school(signup_policy="invitation")
    cohort = Cohort.objects.create(school_id=school.id, name="Kites")
    code = an_invitation(school, "student", cohort=cohort)
    people = [a_person() for _ in range(THREADS)]

    made = at_once(
        lambda number: join(user=people[number], school=school, at=now(), invitation=code),
        threads=THREADS,
    )

    assert kinds(made) == {"InvitationInvalid": THREADS - 1, "MembershipView": 1}
    place = Membership.objects.get(user__in=people)
    assert list(cohort.members.all()) == [place]
    assert Invitation.objects.get().accepted_by == place.user


def test_an_invitation_that_one_person_sends_many_times_at_once_is_taken_once() -> None:
    school, user = a_school(signup_policy="invitation"), a_person()
    code = an_invitation(school, "teacher")

    made = at_once(
        lambda _: join(user=user, school=school, at=now(), invitation=code), threads=THREADS
    )

    assert kinds(made) == {"MembershipView": THREADS}
    assert {view.roles for view in made} == {("teacher",)}
    assert Membership.objects.filter(user=user).count() == 1
    assert AuditEntry.objects.filter(action="school.joined").count() == 1


def test_of_several_invitations_that_one_person_takes_at_once_none_is_lost() -> None:
    school, user = a_school(), a_person()
    codes = [an_invitation(school, role) for role in ("teacher", "content_creator", "moderator")]

    made = at_once(
        lambda number: join(user=user, school=school, at=now(), invitation=codes[number]),
        threads=len(codes),
    )

    assert kinds(made) == {"MembershipView": len(codes)}
    assert Membership.objects.get(user=user).roles == {"teacher", "content_creator", "moderator"}


def test_an_invitation_once_taken_brings_nobody_back_who_left() -> None:
    school, user = a_school(signup_policy="invitation"), a_person()
    code = an_invitation(school, "teacher")

    def take() -> MembershipView:
        return join(user=user, school=school, at=now(), invitation=code)

    assert take() == take()
    leave(user=user, school=school, at=now())
    assert kinds(at_once(lambda _: take(), threads=1)) == {"InvitationInvalid": 1}


def test_of_two_admins_who_leave_at_once_one_stays() -> None:
    school = a_school()
    admins = [a_member(school, "admin") for _ in range(2)]

    made = at_once(lambda number: leave(user=admins[number], school=school, at=now()), threads=2)

    assert kinds(made) == {"LastAdmin": 1, "NoneType": 1}
    assert Membership.objects.get().roles == {"admin"}


def test_of_tokens_made_at_once_there_are_never_more_than_one_may_have() -> None:
    school = a_school()
    user, colleague = a_learner(school), a_learner(school)

    def make(user: User) -> object:
        return make_token(
            user=user, school=school, name="A", scopes=["content:read"], days=1, at=now()
        )

    for _ in range(MOST_TOKENS - 3):
        make(user)

    made = at_once(lambda _: make(user), threads=THREADS)

    assert kinds(made) == {"TokenView": 3, "TooManyTokens": THREADS - 3}
    assert PersonalToken.objects.filter(user=user).count() == MOST_TOKENS
    make(colleague)
