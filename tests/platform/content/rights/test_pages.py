"""Who may do what to pages: by role, by group, by grant; never beyond the school."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission
from wagtail.permissions import policy_registry

from content_types.models import Lesson
from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.content.models import BasePage
from lyceum.content.rights.grants import (
    GranteeNotAMember,
    NotGrantable,
    PageOfNoSchool,
    grant_page,
    revoke_page,
)
from lyceum.content.rights.pages import SchoolPagePolicy, may, page_policy
from lyceum.content.rights.roles import PAGE_ACTIONS
from lyceum.events.models import AuditEntry, Event
from lyceum.schools.models import Membership
from lyceum.schools.scope import within
from tests.pages import a_category, a_lesson, a_subcategory, root_of
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)


def fresh(user):
    """Return the person as the next request meets them: nothing is remembered of their rights."""
    return User.objects.get(pk=user.pk)


def what_may(user, page):
    return {action for action in PAGE_ACTIONS if may(fresh(user), action, page)}


def grant(user, page, *permissions):
    return grant_page(actor=None, user=user, page=page, permissions=permissions, at=AT)


def test_wagtail_asks_our_policy_about_every_page_type():
    assert isinstance(policy_registry.get_by_type(Lesson), SchoolPagePolicy)


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_a_manager_works_on_the_whole_of_their_school_and_on_no_other(role):
    school, other = a_school(), a_school()
    manager = a_member(school, role)
    ours, theirs = a_lesson(school), a_lesson(other)

    assert what_may(manager, ours) == PAGE_ACTIONS
    assert what_may(manager, root_of(school)) == PAGE_ACTIONS
    assert what_may(manager, theirs) == set()
    assert what_may(manager, BasePage.objects.get(depth=1)) == set()
    assert ours.permissions_for_user(fresh(manager)).can_publish()
    assert not theirs.permissions_for_user(fresh(manager)).can_edit()


@pytest.mark.parametrize("role", ["student", "teacher", "content_creator", "moderator"])
def test_other_roles_work_on_nothing_that_they_were_not_given(role):
    school = a_school()
    member = a_member(school, role)

    assert what_may(member, a_lesson(school)) == set()
    assert not page_policy.explorable_instances(fresh(member)).exists()


def test_a_grant_covers_the_page_and_what_lies_below_it():
    school = a_school()
    creator, colleague = a_member(school, "content_creator"), a_member(school, "content_creator")
    category = a_category(school)
    below = a_lesson(school, subcategory=a_subcategory(category))
    beside = a_lesson(school)

    grant(creator, category, "add", "change", "publish")

    assert what_may(creator, category) == {"add", "change", "publish"}
    assert what_may(creator, below) == {"add", "change", "publish"}
    assert what_may(creator, beside) == set()
    assert what_may(colleague, below) == set()
    assert below.permissions_for_user(fresh(creator)).can_edit()
    explored = page_policy.explorable_instances(fresh(creator))
    assert {page.pk for page in explored} >= {category.pk, below.pk}
    assert beside.pk not in {page.pk for page in explored}


def test_a_teacher_never_publishes_whatever_a_row_says():
    school = a_school()
    person = a_member(school, "content_creator")
    lesson = a_lesson(school)
    grant(person, lesson, "change", "publish")

    Membership.objects.filter(user=person).update(roles=frozenset({"teacher"}))

    assert what_may(person, lesson) == {"change"}
    with pytest.raises(NotGrantable) as refusal:
        grant(person, lesson, "publish")
    assert refusal.value.fields == {"permissions": ["The person's role cannot hold 'publish'."]}


def test_a_group_gives_a_subtree_to_members_of_the_school_alone():
    school, other = a_school(), a_school()
    creator, stranger = a_member(school, "content_creator"), a_member(other, "content_creator")
    lesson = a_lesson(school)
    group = Group.objects.create(name="Subject editors")
    group.user_set.add(creator, stranger)
    permission = Permission.objects.get(codename="change_basepage")
    GroupPagePermission.objects.create(group=group, page=root_of(school), permission=permission)

    assert what_may(creator, lesson) == {"change"}
    assert what_may(stranger, lesson) == set()


def test_whoever_may_add_may_change_what_is_their_own():
    school = a_school()
    teacher = a_member(school, "teacher")
    subcategory = a_subcategory(a_category(school))
    grant(teacher, subcategory, "add")
    own = a_lesson(school, subcategory=subcategory, owner=teacher)
    others = a_lesson(school, subcategory=subcategory)

    assert what_may(teacher, own) == {"add", "change"}
    assert what_may(teacher, others) == {"add"}


def test_nothing_is_left_once_the_membership_or_the_person_is_inactive():
    school = a_school()
    creator, manager = a_member(school, "content_creator"), a_member(school, "manager")
    lesson = a_lesson(school)
    grant(creator, lesson, "change")

    Membership.objects.filter(school_id=school.id).update(status=Membership.Status.INACTIVE)
    assert what_may(creator, lesson) == set()
    assert what_may(manager, lesson) == set()

    Membership.objects.filter(school_id=school.id).update(status=Membership.Status.ACTIVE)
    User.objects.filter(pk=creator.pk).update(is_active=False)
    assert what_may(creator, lesson) == set()


def test_a_grant_is_taken_back_and_both_are_on_record():
    school = a_school()
    manager, creator = a_member(school, "manager"), a_member(school, "content_creator")
    lesson = a_lesson(school)

    grant_page(actor=manager, user=creator, page=lesson, permissions={"change", "publish"}, at=AT)
    left = revoke_page(
        actor=manager, user=creator, page=lesson, permissions={"publish", "lock"}, at=AT
    )

    assert left.permissions == {"change"}
    assert what_may(creator, lesson) == {"change"}
    rows = grants_on_record(lesson)
    assert [(row.action, row.actor, row.changes["permissions"]) for row in rows] == [
        ("page.granted", manager.uuid, [[], ["change", "publish"]]),
        ("page.revoked", manager.uuid, [["change", "publish"], ["change"]]),
    ]
    assert [event.type for event in Event.objects.filter(subject=lesson.uuid)] == [
        "page_granted",
        "page_revoked",
    ]


def test_giving_twice_changes_nothing_and_records_nothing():
    school = a_school()
    creator, lesson = a_member(school, "content_creator"), a_lesson(school)

    grant(creator, lesson, "change")
    grant(creator, lesson, "change")

    assert grants_on_record(lesson).count() == 1


def grants_on_record(lesson):
    """Return the audit's rows of grants on a page; that it was made and published is there too."""
    actions = ["page.granted", "page.revoked"]
    return AuditEntry.objects.filter(target=lesson.uuid, action__in=actions).order_by("id")


def test_pages_are_given_to_members_of_their_school_alone():
    school, other = a_school(), a_school()
    lesson = a_lesson(school)

    with pytest.raises(GranteeNotAMember):
        grant(a_member(other, "content_creator"), lesson, "change")
    with pytest.raises(NotGrantable):
        grant(a_member(school), lesson, "change")
    with pytest.raises(NotGrantable):
        grant(a_member(school, "admin"), lesson, "view")
    with pytest.raises(PageOfNoSchool):
        grant(a_member(school, "admin"), BasePage.objects.get(depth=1), "change")


def test_in_a_request_for_one_school_the_others_of_a_person_do_not_count():
    school, other = a_school(), a_school()
    person = a_member(school, "manager")
    Membership.objects.create(school_id=other.id, user=person, roles=frozenset({"manager"}))
    ours, theirs = a_lesson(school), a_lesson(other)

    with within(school):
        assert what_may(person, ours) == PAGE_ACTIONS
        assert what_may(person, theirs) == set()
        assert page_policy.explorable_root_instance(fresh(person)).pk == school.root_page_id
    assert what_may(person, theirs) == PAGE_ACTIONS


def test_an_operator_sees_one_school_where_the_request_is_for_one():
    school, other = a_school(), a_school()
    operator = a_person(is_superuser=True)
    a_lesson(school)
    a_lesson(other)

    with within(school):
        explored = page_policy.explorable_instances(fresh(operator))
        assert {page.path[:8] for page in explored} == {school.root_path}
        assert page_policy.explorable_root_instance(fresh(operator)).pk == school.root_page_id


def test_those_who_may_are_found_for_a_page():
    school, other = a_school(), a_school()
    manager, foreign = a_member(school, "manager"), a_member(other, "manager")
    creator, teacher = a_member(school, "content_creator"), a_member(school, "teacher")
    operator = a_person(is_superuser=True)
    category = a_category(school)
    lesson = a_lesson(school, subcategory=a_subcategory(category), owner=teacher)
    grant(creator, category, "change", "publish")
    grant(teacher, category, "add")

    def those_who(action, **options):
        found = page_policy.users_with_permission_for_instance(action, lesson, **options)
        return set(found)

    assert those_who("publish") == {manager, creator, operator}
    assert those_who("publish", include_superusers=False) == {manager, creator}
    assert those_who("change", include_superusers=False) == {manager, creator, teacher}
    assert foreign not in set(page_policy.users_with_permission_for_instance("change", lesson))
    with within(school):
        assert set(page_policy.users_with_permission("publish", include_superusers=False)) == {
            manager,
            creator,
        }


def test_can_and_django_ask_the_same_policy():
    school, other = a_school(), a_school()
    creator, stranger = a_member(school, "content_creator"), a_member(other, "manager")
    manager = a_member(school, "manager")
    lesson, beside = a_lesson(school), a_lesson(school)
    grant(creator, lesson, "change")

    assert can(fresh(creator), "content.change_basepage", lesson)
    assert fresh(creator).has_perm("content.change_basepage", lesson)
    assert can(fresh(creator), "content.view_drafts", lesson)
    assert not can(fresh(creator), "content.change_basepage", beside)
    assert not can(fresh(stranger), "content.change_basepage", lesson)
    assert can(fresh(manager), "content.publish_basepage", beside)


def test_asking_about_many_pages_costs_no_more_than_asking_about_one(django_assert_max_num_queries):
    school = a_school()
    creator = a_member(school, "content_creator")
    subcategory = a_subcategory(a_category(school))
    lessons = [a_lesson(school, subcategory=subcategory) for _ in range(5)]
    grant(creator, subcategory, "change")
    creator = fresh(creator)

    with django_assert_max_num_queries(4):
        assert all(may(creator, "change", lesson) for lesson in lessons)
