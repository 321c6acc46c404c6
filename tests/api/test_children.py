"""Children by their date of birth: who tells one is a child in every school, until it is lifted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from lyceum.accounts.childhood import find_children
from lyceum.accounts.models import Profile, User, age_of
from lyceum.accounts.profiles import change_profile
from lyceum.community.contact import ContactRefused, check_contact
from lyceum.events.models import AuditEntry, Event
from lyceum.kernel.clock import now
from lyceum.kernel.errors import NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.membership import join, leave
from lyceum.schools.models import Membership
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
JSON = "application/json"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


def tell(person: User, born: str | None) -> Any:
    body = {"date_of_birth": born}
    return signed_in(person, "toto").patch("/api/v1/me", body, content_type=JSON)


def face(reader: User, person: User, school: str = "toto") -> int:
    return signed_in(reader, school).get(f"/api/v1/people/{person.uuid}").status_code


def a_birthday(years: int, days: int = 0) -> str:
    """Return the day on which somebody was born who became that old, so many days ago."""
    today = timezone.now().date()
    # A 28th is there in every year.
    return str(
        (today.replace(day=min(today.day, 28)) - timedelta(days)).replace(year=today.year - years)
    )


def children(person: User) -> list[bool]:
    return list(Membership.objects.filter(user=person).values_list("is_child", flat=True))


def lift(person: User, school: CurrentSchool) -> None:
    place = Membership.objects.get(user=person, school_id=school.id)
    manager = signed_in(a_member(school, "manager"), school.slug)
    address = f"/api/v1/school/members/{place.uuid}"
    assert manager.patch(address, {"is_child": False}, content_type=JSON).status_code == 200


def test_who_tells_that_they_are_a_child_is_hidden_and_in_contact_with_staff_alone(
    toto: CurrentSchool,
) -> None:
    campus = a_school("campus")
    ana, ben, teacher = a_member(toto), a_member(toto), a_member(toto, "teacher")
    stranger = a_member(campus, "teacher")
    assert face(ben, ana) == 200

    assert tell(ana, "2015-05-05").json()["memberships"][0]["is_child"] is True

    assert (face(ben, ana), face(teacher, ana), face(ana, ana)) == (404, 200, 200)
    assert face(stranger, ana, "campus") == 404
    with pytest.raises(NotFound):
        check_contact(sender=ben, receiver=ana.uuid, school=toto, at=AT)
    with pytest.raises(NotFound):
        check_contact(sender=stranger, receiver=ana.uuid, school=campus, at=AT)
    with pytest.raises(ContactRefused):
        check_contact(sender=ana, receiver=ben.uuid, school=toto, at=AT)
    check_contact(sender=teacher, receiver=ana.uuid, school=toto, at=AT)
    assert children(ben) == [False]


def test_a_child_is_one_in_every_school_and_each_finds_it_in_its_audit(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    ana = a_member(toto)
    join(user=ana, school=campus, at=AT)

    tell(ana, "2015-05-05")

    assert children(ana) == [True, True]
    rows = AuditEntry.objects.filter(action="school.member_changed", target=ana.uuid)
    assert {row.school for row in rows} == {toto.uuid, campus.uuid}
    assert [(row.actor, row.changes) for row in rows] == [(ana.uuid, {"is_child": "changed"})] * 2
    news = Event.objects.filter(type="member_changed", subject=ana.uuid)
    assert {(row.school, *row.data["fields"]) for row in news} == {
        (toto.uuid, "is_child"),
        (campus.uuid, "is_child"),
    }


def test_who_joins_after_telling_joins_as_a_child(toto: CurrentSchool) -> None:
    ana = a_person()
    tell(ana, "2015-05-05")

    assert join(user=ana, school=toto, at=AT).is_child is True

    joined = AuditEntry.objects.get(action="school.joined")
    assert joined.changes == {"roles": [[], ["student"]], "is_child": "changed"}


@pytest.mark.parametrize("other", ["1990-01-01", None])
def test_no_later_word_of_a_child_makes_them_an_adult(
    toto: CurrentSchool, other: str | None
) -> None:
    campus = a_school("campus")
    ana = a_member(toto)
    tell(ana, "2015-05-05")

    assert tell(ana, other).json()["date_of_birth"] == other

    assert children(ana) == [True]
    leave(user=ana, school=toto, at=AT)
    assert join(user=ana, school=toto, at=AT).is_child is True
    assert join(user=ana, school=campus, at=AT).is_child is True


def test_a_manager_lifts_it_for_their_own_school_and_the_same_word_does_not_bring_it_back(
    toto: CurrentSchool,
) -> None:
    ana, ben = a_member(toto), a_member(toto)
    join(user=ana, school=a_school("campus"), at=AT)
    tell(ana, "2015-05-05")

    lift(ana, toto)

    for born in ("2015-05-05", "1990-05-05"):
        tell(ana, born)
        assert sorted(children(ana)) == [False, True]
    assert face(ben, ana) == 200
    tell(ana, "2015-05-06")
    assert children(ana) == [True, True]


def test_a_birthday_lifts_nothing_and_who_joins_after_it_is_no_child(toto: CurrentSchool) -> None:
    ana = a_member(toto)
    tell(ana, "2015-05-05")
    grown = datetime(2031, 5, 5, tzinfo=UTC)

    change_profile(user=ana, changes={"bio": "Grown up"}, at=grown)

    assert children(ana) == [True]
    assert join(user=ana, school=a_school("campus"), at=grown).is_child is False


@pytest.mark.parametrize(("born", "is_child"), [(a_birthday(16, 1), False), (a_birthday(15), True)])
def test_sixteen_is_the_age(toto: CurrentSchool, born: str, is_child: bool) -> None:
    ana = a_member(toto)

    tell(ana, born)

    assert children(ana) == [is_child]
    assert (Profile.objects.get(user=ana).child_born_on is not None) is is_child


def test_a_date_told_before_there_were_marks_or_at_another_age_is_found_once(
    toto: CurrentSchool, settings: Any
) -> None:
    settings.LYCEUM_CHILD_AGE = 13
    ana, ben, grown, lifted = (a_member(toto) for _ in range(4))
    tell(ana, a_birthday(14))
    tell(grown, a_birthday(16))
    tell(lifted, a_birthday(12))
    lift(lifted, toto)
    Profile.objects.filter(user=ben).update(date_of_birth=a_birthday(12))
    settings.LYCEUM_CHILD_AGE = 16

    assert find_children(at=now()) == 2
    assert find_children(at=now()) == 0

    assert [children(each) for each in (ana, ben, grown, lifted)] == [
        [True],
        [True],
        [False],
        [False],
    ]
    found = AuditEntry.objects.filter(action="school.member_changed", actor=None)
    assert {row.target for row in found} == {ana.uuid, ben.uuid}
    lift(ana, toto)
    assert find_children(at=now()) == 0
    settings.LYCEUM_CHILD_AGE = 0
    assert find_children(at=now()) == 0


@pytest.mark.parametrize("today", ["2028-02-28", "2028-02-29", "2028-03-01"])
def test_nobody_is_found_who_is_as_old_as_that(toto: CurrentSchool, today: str) -> None:
    at = datetime.fromisoformat(today).replace(tzinfo=UTC)
    days = [date(2012, 2, 28), date(2012, 2, 29), date(2012, 3, 1), date(2012, 3, 2)]
    people = {day: a_member(toto) for day in days}
    for day, person in people.items():
        Profile.objects.filter(user=person).update(date_of_birth=day)

    assert find_children(at=at) == sum(age_of(day, at) < 16 for day in days)


@pytest.mark.parametrize(("age", "is_child"), [(13, False), (18, True), (0, False)])
def test_the_deployment_says_another_age(
    toto: CurrentSchool, settings: Any, age: int, is_child: bool
) -> None:
    settings.LYCEUM_CHILD_AGE = age
    ana = a_member(toto)

    tell(ana, a_birthday(14))

    assert children(ana) == [is_child]
