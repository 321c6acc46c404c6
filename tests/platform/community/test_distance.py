"""Who is hidden from whom, and who may be in contact with whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from lyceum.accounts import avatars
from lyceum.accounts.models import User
from lyceum.community.contact import (
    ContactRefused,
    EmailNotVerified,
    SuspendedFromContact,
    check_contact,
    check_posting,
)
from lyceum.community.distance import NotOneself, block, mute, unblock, unmute
from lyceum.community.models import Block, Mute, Sanction
from lyceum.community.people import face_of
from lyceum.community.visibility import hidden_from, visible_people
from lyceum.events.models import Event
from lyceum.kernel.errors import NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.at_once import at_once, kinds
from tests.letters import a_school_with_letters, unreachable
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


def seen_by(reader: Any, school: CurrentSchool) -> set[User]:
    """Return whose things a reader is shown, of all who are there."""
    things = Membership.objects.filter(school_id=school.id)
    shown = things.exclude(hidden_from(reader=reader, school=school, author="user"))
    return set(User.objects.filter(memberships__in=shown))


def test_a_block_hides_two_people_from_each_other_and_from_nobody_else(toto: CurrentSchool) -> None:
    ana, ben, eva = (a_member(toto) for _ in range(3))

    block(actor=ana, school=toto, person=ben.uuid, at=AT)

    assert seen_by(ana, toto) == {ana, eva}
    assert seen_by(ben, toto) == {ben, eva}
    assert seen_by(eva, toto) == {ana, ben, eva}
    for reader, other in ((ana, ben), (ben, ana)):
        with pytest.raises(NotFound):
            face_of(reader=reader, school=toto, person=other.uuid)
        with pytest.raises(NotFound):
            check_contact(sender=reader, receiver=other.uuid, school=toto, at=AT)
    assert face_of(reader=eva, school=toto, person=ben.uuid).id == ben.uuid


def test_a_block_holds_in_every_school_and_for_pictures(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    ana, ben = a_member(toto), a_member(toto)
    for person in (ana, ben):
        Membership.objects.create(school_id=campus.id, user=person, roles=frozenset({"student"}))
    from wagtail.images.tests.utils import get_test_image_file

    avatars.set_avatar(user=ana, file=get_test_image_file(), at=AT)
    assert avatars.picture_of(person=ana.uuid, reader=ben)

    block(actor=ana, school=toto, person=ben.uuid, at=AT)

    assert seen_by(ben, campus) == {ben}
    with pytest.raises(NotFound):
        avatars.picture_of(person=ana.uuid, reader=ben)


def test_who_was_blocked_may_block_as_well_and_each_ends_their_own_alone(
    toto: CurrentSchool,
) -> None:
    ana, ben = a_member(toto), a_member(toto)
    block(actor=ana, school=toto, person=ben.uuid, at=AT)
    block(actor=ben, school=toto, person=ana.uuid, at=AT)

    unblock(actor=ana, school=toto, person=ben.uuid, at=AT)

    assert seen_by(ana, toto) == {ana}
    unblock(actor=ben, school=toto, person=ana.uuid, at=AT)
    assert seen_by(ana, toto) == {ana, ben}
    told = Event.objects.filter(type__startswith="person_").values_list("type", flat=True)
    assert sorted(told) == ["person_blocked"] * 2 + ["person_unblocked"] * 2


def test_a_mute_hides_one_way_and_leaves_contact_as_it_was(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto), a_member(toto)

    mute(actor=ana, school=toto, person=ben.uuid, at=AT)

    assert seen_by(ana, toto) == {ana}
    assert seen_by(ben, toto) == {ana, ben}
    assert face_of(reader=ana, school=toto, person=ben.uuid).muted
    assert not face_of(reader=ben, school=toto, person=ana.uuid).muted
    people = visible_people(reader=ana, school=toto)
    assert {each.user for each in people} == {ana, ben}
    check_contact(sender=ben, receiver=ana.uuid, school=toto, at=AT)
    unmute(actor=ana, school=toto, person=ben.uuid)
    assert seen_by(ana, toto) == {ana, ben}


def test_who_moderates_is_hidden_from_nobody(toto: CurrentSchool) -> None:
    ana, moderator = a_member(toto), a_member(toto, "moderator")
    block(actor=ana, school=toto, person=moderator.uuid, at=AT)

    assert seen_by(moderator, toto) == {ana, moderator}
    assert seen_by(ana, toto) == {ana}
    assert face_of(reader=moderator, school=toto, person=ana.uuid)


def test_children_are_shown_to_themselves_and_to_staff(toto: CurrentSchool) -> None:
    child, other = a_member(toto, is_child=True), a_member(toto, is_child=True)
    learner, teacher = a_member(toto), a_member(toto, "teacher")
    campus = a_school("campus")
    stranger = a_member(campus, "admin")

    assert seen_by(child, toto) == {child, learner, teacher}
    assert seen_by(learner, toto) == {learner, teacher}
    assert seen_by(teacher, toto) == {child, other, learner, teacher}
    assert seen_by(AnonymousUser(), toto) == {learner, teacher}
    assert seen_by(a_person(is_superuser=True), toto) == {child, other, learner, teacher}
    for reader in (learner, other, stranger):
        with pytest.raises(NotFound):
            face_of(reader=reader, school=toto, person=child.uuid)
        with pytest.raises(NotFound):
            block(actor=reader, school=toto, person=child.uuid, at=AT)
    assert face_of(reader=teacher, school=toto, person=child.uuid).is_child


def test_children_cost_a_list_no_query_and_no_look_at_them_all(
    toto: CurrentSchool, django_assert_num_queries: Any
) -> None:
    child, learner = a_member(toto, is_child=True), a_member(toto)
    for _ in range(5):
        a_member(toto, is_child=True)
    there = Membership.objects.filter(school_id=toto.id).order_by("user_id")

    for reader, seen in ((learner, [learner.pk]), (child, [child.pk, learner.pk])):
        hidden = hidden_from(reader=reader, school=toto, author="user")
        people = visible_people(reader=reader, school=toto).order_by("user_id")
        with django_assert_num_queries(2):
            assert [place.user_id for place in there.exclude(hidden)] == seen
            assert [place.user_id for place in people] == seen
        if connection.vendor == "sqlite":
            # Each is looked up by school and person; none is read because they are a child.
            assert "(school_id=? AND user_id=?)" in there.exclude(hidden).explain()


def test_a_child_is_in_contact_with_staff_alone(toto: CurrentSchool) -> None:
    child, learner, teacher = (
        a_member(toto, is_child=True),
        a_member(toto),
        a_member(toto, "teacher"),
    )

    for one, other in ((child, teacher), (teacher, child)):
        check_contact(sender=one, receiver=other.uuid, school=toto, at=AT)
    with pytest.raises(ContactRefused):
        check_contact(sender=child, receiver=learner.uuid, school=toto, at=AT)
    with pytest.raises(NotFound):
        check_contact(sender=learner, receiver=child.uuid, school=toto, at=AT)


def test_a_stranger_is_not_there(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    ana, stranger = a_member(toto), a_member(campus)
    inactive, gone = a_member(toto), a_member(toto)
    Membership.objects.filter(user=inactive).update(status="inactive")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    for other in (stranger, inactive, gone):
        for act in (block, mute):
            with pytest.raises(NotFound):
                act(actor=ana, school=toto, person=other.uuid, at=AT)
        with pytest.raises(NotFound):
            check_contact(sender=ana, receiver=other.uuid, school=toto, at=AT)
        with pytest.raises(NotFound):
            face_of(reader=ana, school=toto, person=other.uuid)
    assert not Block.objects.exists()
    assert not Mute.objects.exists()


def test_nobody_blocks_or_mutes_themselves(toto: CurrentSchool) -> None:
    ana = a_member(toto)

    for act in (block, mute):
        with pytest.raises(NotOneself):
            act(actor=ana, school=toto, person=ana.uuid, at=AT)


def test_who_is_suspended_posts_and_contacts_nobody_until_it_ends(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto), a_member(toto)
    campus = a_school("campus")
    Membership.objects.create(school_id=campus.id, user=ana, roles=frozenset({"student"}))
    until = AT + timedelta(hours=1)
    Sanction.objects.create(school_id=toto.id, person=ana, kind="suspension", until=until)

    with pytest.raises(SuspendedFromContact, match="2026-11-21 13:00"):
        check_contact(sender=ana, receiver=ben.uuid, school=toto, at=AT)
    with pytest.raises(SuspendedFromContact):
        check_posting(author=ana, school=toto, at=AT)
    check_posting(author=ana, school=campus, at=AT)
    check_posting(author=ana, school=toto, at=until)
    check_contact(sender=ben, receiver=ana.uuid, school=toto, at=AT)


def test_whose_address_is_not_verified_contacts_nobody(toto: CurrentSchool) -> None:
    ben, unproved = a_member(toto), a_person("x@example.test", verified=False)
    Membership.objects.create(school_id=toto.id, user=unproved, roles=frozenset({"student"}))

    with pytest.raises(EmailNotVerified):
        check_contact(sender=unproved, receiver=ben.uuid, school=toto, at=AT)


def test_a_plugin_refuses_contact_where_it_is_on_and_a_broken_one_does_too(letters: None) -> None:
    toto, campus = a_school_with_letters("toto"), a_school("campus")
    ana, ben = a_member(toto), a_member(toto)
    for person in (ana, ben):
        Membership.objects.create(school_id=campus.id, user=person, roles=frozenset({"student"}))
    unreachable.add(ben.uuid)

    with pytest.raises(ContactRefused, match="on holiday"):
        check_contact(sender=ana, receiver=ben.uuid, school=toto, at=AT)
    with pytest.raises(ContactRefused, match="could not be checked"):
        check_contact(sender=ben, receiver=ana.uuid, school=toto, at=AT)
    check_contact(sender=ana, receiver=ben.uuid, school=campus, at=AT)


def test_a_name_is_never_an_address(toto: CurrentSchool) -> None:
    ana, ben = a_member(toto), a_member(toto)

    face = face_of(reader=ana, school=toto, person=ben.uuid)

    assert "@" not in face.name
    assert face.name.startswith("Person ")


def test_a_page_of_people_costs_one_query_however_many_are_hidden(
    toto: CurrentSchool, django_assert_num_queries: Any
) -> None:
    reader, others = a_member(toto), [a_member(toto) for _ in range(6)]
    for other in others[:3]:
        block(actor=reader, school=toto, person=other.uuid, at=AT)

    # The reader's roles, and the people.
    with django_assert_num_queries(3):
        shown = list(visible_people(reader=reader, school=toto))

    assert {each.user for each in shown} == {reader, *others[3:]}


@pytest.mark.django_db(transaction=True)
def test_a_block_made_many_times_at_once_is_one() -> None:
    school = a_school()
    ana, ben = a_member(school), a_member(school)

    made = at_once(lambda _: block(actor=ana, school=school, person=ben.uuid, at=AT), threads=10)

    assert kinds(made) == {"NoneType": 10}
    assert Block.objects.count() == 1
    assert Event.objects.filter(type="person_blocked").count() == 1
