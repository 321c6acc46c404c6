"""Who may do what: roles in one's own school, nothing in another's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from lyceum.access.backends import AccessBackend
from lyceum.access.permissions import authorise, can, permissions_of
from lyceum.access.registry import Permission, permissions
from lyceum.access.roles import forget_roles
from lyceum.kernel.context import RequestContext, serving
from lyceum.kernel.errors import Forbidden, NotAuthenticated, NotFound
from lyceum.schools.models import Cohort, Membership
from lyceum.schools.scope import within
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(monkeypatch):
    """Register permissions for the length of a test."""
    monkeypatch.setattr(permissions, "_things", dict(permissions._things))
    return lambda code, **fields: permissions.register(code, Permission(code, code, **fields))


def test_a_role_holds_its_permissions_in_its_own_school_only():
    school, other = a_school(), a_school()
    manager = a_member(school, "manager")
    stranger = a_member(other, "manager")

    assert can(manager, "schools.manage_members", school)
    assert not can(stranger, "schools.manage_members", school)
    assert not can(manager, "schools.manage_members", other)


def test_a_role_includes_what_the_roles_below_it_may():
    school = a_school()
    student = a_member(school)
    teacher = a_member(school, "teacher")
    manager = a_member(school, "manager")
    admin = a_member(school, "admin")

    def who_may(code):
        return [can(person, code, school) for person in (student, teacher, manager, admin)]

    assert who_may("schools.belong") == [True, True, True, True]
    assert who_may("schools.view_cohorts") == [False, True, True, True]
    assert who_may("schools.invite") == [False, False, True, True]
    assert who_may("audit.view") == [False, False, False, True]
    assert who_may("instance.manage_schools") == [False, False, False, False]


def test_an_operator_may_everything_that_is_in_force(register):
    operator = a_person(is_superuser=True)
    school = a_school()
    register("shop.sell", roles=frozenset({"manager"}), plugin="shop")

    assert can(operator, "instance.manage_schools")
    assert can(operator, "schools.change_settings", school)
    assert operator.has_perm("wagtailcore.add_site")
    assert not can(operator, "shop.sell", school)
    assert not operator.has_perm("shop.sell")


def test_a_permission_that_nobody_declared_is_nobodys():
    school = a_school()

    assert not can(a_member(school, "admin"), "schools.misspelt", school)
    assert not can(a_person(is_superuser=True), "schools.misspelt", school)


def test_whoever_is_inactive_anonymous_or_waiting_may_nothing():
    school = a_school()
    gone = a_member(school, "manager", is_active=False)
    waiting = a_member(school, "manager")
    Membership.objects.filter(user=waiting).update(status=Membership.Status.PENDING)
    retired = a_person(is_superuser=True, is_active=False)

    assert not can(gone, "schools.invite", school)
    assert not can(waiting, "schools.belong", school)
    assert not can(retired, "schools.invite", school)
    assert not can(AnonymousUser(), "schools.belong", school)


def test_a_rule_is_asked_about_things_of_ones_own_school_alone(register):
    school, other = a_school(), a_school()
    member, colleague, stranger = a_member(school), a_member(school), a_member(other)
    register("things.touch", rule=lambda user, thing: thing.name == str(user.uuid))
    thing = Cohort.objects.create(school_id=school.id, name=str(member.uuid))
    foreign = Cohort.objects.create(school_id=school.id, name=str(stranger.uuid))

    assert can(member, "things.touch", thing)
    assert not can(colleague, "things.touch", thing)
    assert not can(stranger, "things.touch", foreign)


def test_a_refusal_says_no_more_than_one_may_know():
    school, other = a_school(), a_school()
    student, stranger = a_member(school), a_member(other, "admin")
    cohort = Cohort.objects.create(school_id=school.id, name="Blue")

    with pytest.raises(NotAuthenticated):
        authorise(AnonymousUser(), "schools.manage_cohorts", cohort)
    with pytest.raises(Forbidden):
        authorise(student, "schools.manage_cohorts", cohort)
    with pytest.raises(NotFound):
        authorise(stranger, "schools.manage_cohorts", cohort)
    with pytest.raises(Forbidden):
        authorise(stranger, "schools.manage_cohorts", school)
    authorise(a_member(school, "manager"), "schools.manage_cohorts", cohort)


def test_what_one_may_throughout_a_school_is_read_in_one_query(django_assert_num_queries):
    school, other = a_school(), a_school()
    teacher = a_member(school, "teacher")

    with (
        serving(RequestContext(request_id="request-1")),
        django_assert_num_queries(1),
    ):
        held = permissions_of(teacher, school)
        assert permissions_of(teacher, other) == frozenset()

    assert {"schools.belong", "schools.view_cohorts", "wagtailadmin.access_admin"} <= held
    assert "schools.invite" not in held
    assert "instance.manage_schools" not in held


def test_a_role_that_is_taken_away_counts_no_more():
    school = a_school()
    manager = a_member(school, "manager")
    membership = Membership.objects.get(user=manager)

    with serving(RequestContext(request_id="request-1")):
        assert can(manager, "schools.invite", school)
        membership.roles = frozenset({"student"})
        membership.save()
        forget_roles(manager)
        assert not can(manager, "schools.invite", school)
    with serving(RequestContext(request_id="request-2")):
        assert not can(manager, "schools.invite", school)


def test_django_asks_the_same_question_of_the_requests_school():
    school, other = a_school(), a_school()
    teacher, student = a_member(school, "teacher"), a_member(school)

    with within(school):
        assert teacher.has_perm("wagtailadmin.access_admin")
        assert teacher.has_module_perms("wagtailadmin")
        assert not student.has_perm("wagtailadmin.access_admin")
        assert not student.has_module_perms("wagtailadmin")
    with within(other):
        assert not teacher.has_perm("wagtailadmin.access_admin")
    assert not teacher.has_perm("wagtailadmin.access_admin")


def test_no_other_backend_is_asked_after_a_no():
    with pytest.raises(PermissionDenied):
        AccessBackend().has_perm(a_person(), "wagtailcore.add_site")
