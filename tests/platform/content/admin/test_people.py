"""The people of a school in the editor: let in, refused, given roles, invited, by who may."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lyceum.accounts.models import User
from lyceum.content.admin import people
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.invitations import invite
from lyceum.schools.membership import join
from lyceum.schools.models import Invitation, Membership, School
from tests.children import a_child
from tests.pages import a_lesson
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

PEOPLE = "/admin/people/"
LESSONS = "/api/v1/content/lessons"
CODE = re.compile(r'class="lyceum-code"><bdi dir="ltr">([^<]+)</bdi>')


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto", signup_policy="approval", catalogue="members")


@pytest.fixture
def manager(toto: CurrentSchool) -> User:
    return a_member(toto, "manager", first_name="Mona", last_name="Manager")


@pytest.fixture
def browser(manager: User) -> Client:
    return signed_in(manager, "toto")


def an_applicant(school: CurrentSchool, email: str | None = None, **fields: Any) -> Membership:
    user = a_person(email, **fields)
    join(user=user, school=school, at=now())
    return place_of(user)


def place_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def deciding(deed: str, *members: Membership) -> str:
    chosen = "&".join(f"id={member.pk}" for member in members)
    return f"/admin/bulk/schools/membership/{deed}/?{chosen}&next=/admin/people/"


def page_of(member: Membership) -> str:
    return f"{PEOPLE}{member.uuid}/"


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def deeds() -> list[tuple[str, Any]]:
    rows = AuditEntry.objects.filter(action__startswith="school.").order_by("id")
    told = rows.exclude(action__in=("school.founded", "school.joined"))
    return list(told.values_list("action", "changes"))


def named_in(response: Any) -> list[str]:
    return [member.user.first_name for member in response.context["object_list"]]


def test_who_waits_is_let_in_and_sees_what_members_see(
    toto: CurrentSchool, manager: User, browser: Client
) -> None:
    a_lesson(toto, "Colours", slug="colours")
    member = an_applicant(toto, first_name="Ana")
    learner = signed_in(member.user, "toto")
    assert learner.get(LESSONS).status_code == 403

    home = text_of(browser.get("/admin/"))
    listed = text_of(browser.get(PEOPLE))
    asked = text_of(browser.get(deciding("let_in", member)))
    before = place_of(member.user).status
    done = browser.post(deciding("let_in", member))

    assert "1</b> person waits to be let in" in home
    assert "Waits to be let in" in listed
    assert f"/admin/bulk/schools/membership/let_in/?id={member.pk}&" in listed
    assert "Ana" in asked
    assert before == "pending"
    assert (done.status_code, done["Location"]) == (302, PEOPLE)
    assert "Colours" in text_of(learner.get(LESSONS))
    assert deeds()[-1] == ("school.member_changed", {"status": ["pending", "active"]})
    assert AuditEntry.objects.latest("id").actor == manager.uuid
    assert "waits to be let in" not in text_of(browser.get("/admin/"))


def test_who_is_refused_stays_out_and_cannot_ask_again(
    toto: CurrentSchool, browser: Client
) -> None:
    member = an_applicant(toto)
    learner = signed_in(member.user, "toto")

    browser.post(deciding("refuse", member))

    assert place_of(member.user).status == "inactive"
    again = learner.put("/api/v1/school/membership", {}, content_type="application/json")
    assert again.json()["code"] == "membership_inactive"
    assert learner.get(LESSONS).status_code == 403
    assert deeds()[-1] == ("school.member_changed", {"status": ["pending", "inactive"]})


def test_many_are_let_in_at_once_and_who_does_not_wait_stays(
    toto: CurrentSchool, browser: Client
) -> None:
    ana, leo = an_applicant(toto, first_name="Ana"), an_applicant(toto, first_name="Leo")
    shut_out = an_applicant(toto, first_name="Zoe")
    browser.post(deciding("refuse", shut_out))

    asked = text_of(browser.get(deciding("let_in", ana, leo, shut_out)))
    browser.post(deciding("let_in", ana, leo, shut_out))

    assert "do not wait any more" in asked
    states = [place_of(each.user).status for each in (ana, leo, shut_out)]
    assert states == ["active", "active", "inactive"]


def test_the_list_has_who_waits_first_and_finds_by_name_address_state_and_role(
    toto: CurrentSchool, browser: Client
) -> None:
    an_applicant(toto, "late@mail.test", first_name="Lola", last_name="Late")
    teacher = a_member(toto, "teacher", first_name="Ana", last_name="Ruiz")
    gone = place_of(a_member(toto, first_name="Gus"))
    Membership.objects.filter(pk=gone.pk).update(status="inactive")
    a_member(a_school("campus"), first_name="Xenia")

    def found(asked: str) -> list[str]:
        return named_in(browser.get(f"{PEOPLE}?{asked}"))

    assert found("") == ["Lola", "Ana", "Mona", "Gus"]
    assert found("q=ana+ruiz") == ["Ana"]
    assert found("q=late@mail") == ["Lola"]
    assert found("status=inactive") == ["Gus"]
    assert found("role=teacher") == ["Ana"]
    assert found("role=no-such&status=x") == ["Lola", "Ana", "Mona", "Gus"]
    assert found("ordering=user__first_name") == ["Ana", "Gus", "Lola", "Mona"]
    assert "teacher" in text_of(browser.get(f"{PEOPLE}results/?q=ruiz"))
    assert teacher.email in text_of(browser.get(f"{PEOPLE}results/?q=ruiz"))


def test_when_somebody_was_here_is_not_told_of_who_is_at_another_school_too(
    toto: CurrentSchool, browser: Client
) -> None:
    seen = [a_member(toto, first_name="Olga"), a_member(toto, first_name="Leo")]
    for user in seen:
        user.profile.last_seen_at = now()
        user.profile.save()
    Membership.objects.create(
        school_id=a_school("campus").id, user=seen[1], roles=frozenset({"student"})
    )

    def is_told(name: str) -> bool:
        [member] = browser.get(f"{PEOPLE}results/?q={name}").context["object_list"]
        return people.last_seen(member) is not None

    assert is_told("Olga")
    assert not is_told("Leo")


def test_the_list_costs_the_same_however_many_belong_to_the_school(
    toto: CurrentSchool, browser: Client
) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert browser.get(PEOPLE).status_code == 200
        return len(asked)

    an_applicant(toto)
    cost()
    few = cost()
    for _ in range(4):
        an_applicant(toto)
        a_member(toto, "teacher")

    assert cost() == few
    assert few <= 14


def test_an_admin_gives_roles_and_a_manager_all_but_roles(
    toto: CurrentSchool, browser: Client
) -> None:
    admin = signed_in(a_member(toto, "admin"), "toto")
    member = place_of(a_member(toto))
    form = {"status": "active", "roles": ["student", "teacher"], "level": "A2"}

    browser.post(page_of(member), form)
    by_manager = place_of(member.user)
    admin.post(page_of(member), form)
    by_admin = place_of(member.user)

    assert 'name="roles"' not in text_of(browser.get(page_of(member)))
    assert (by_manager.roles, by_manager.level) == ({"student"}, "A2")
    assert by_admin.roles == {"student", "teacher"}
    assert deeds()[-2:] == [
        ("school.member_changed", {"level": "changed"}),
        ("school.member_changed", {"roles": [["student"], ["student", "teacher"]]}),
    ]


def test_what_is_saved_as_it_was_leaves_no_trace(toto: CurrentSchool, browser: Client) -> None:
    member = place_of(a_member(toto))

    saved = browser.post(page_of(member), {"status": "active", "level": ""})

    assert saved.status_code == 302
    assert deeds() == []


def test_the_last_admin_and_an_admin_by_a_manager_are_refused_in_the_reader_s_language(
    toto: CurrentSchool, manager: User, browser: Client
) -> None:
    admin = a_member(toto, "admin")
    shut = {"status": "inactive", "roles": ["admin"], "level": ""}

    by_manager = browser.post(page_of(place_of(admin)), shut)
    by_itself = signed_in(admin, "toto").post(page_of(place_of(admin)), shut)
    no_role = signed_in(admin, "toto").post(page_of(place_of(manager)), {"status": "active"})
    spanish = signed_in(admin, "toto").post(
        page_of(place_of(admin)), shut, headers={"accept-language": "es"}
    )

    assert "Only an admin changes an admin's membership." in text_of(by_manager)
    assert "The school would be left without an admin." in text_of(by_itself)
    assert "The school would be left without an admin." not in text_of(spanish)
    assert "roles" in no_role.context["form"].errors
    assert place_of(admin).status == "active"
    assert place_of(manager).roles == {"manager"}


def test_a_managed_account_has_a_state_and_a_level_and_no_other_role(
    toto: CurrentSchool, browser: Client
) -> None:
    member = Membership.objects.get(uuid=a_child(toto).account.id)
    admin = signed_in(a_member(toto, "admin"), "toto")

    shown = text_of(admin.get(page_of(member)))
    admin.post(page_of(member), {"status": "inactive", "level": "", "roles": ["teacher"]})

    assert f"/admin/children/{member.uuid}/" in shown
    member.refresh_from_db()
    assert (member.status, member.roles) == ("inactive", {"student"})


def test_somebody_is_invited_by_mail_and_the_invitation_withdrawn(
    toto: CurrentSchool, manager: User, browser: Client, django_capture_on_commit_callbacks: Any
) -> None:
    form = {"email": "Guest@Mail.test", "roles": ["teacher"], "level": "", "days": "7"}
    with django_capture_on_commit_callbacks(execute=True):
        made = browser.post(f"{PEOPLE}invitations/add/", form)
    [code] = CODE.findall(text_of(made))
    invitation = Invitation.objects.get()

    listed = text_of(browser.get(f"{PEOPLE}invitations/"))
    looked = browser.get(f"{PEOPLE}invitations/{invitation.uuid}/withdraw/")
    there = Invitation.objects.count()
    browser.post(f"{PEOPLE}invitations/{invitation.uuid}/withdraw/")

    assert f"/me%3Finvitation%3D{code}" in text_of(made)
    assert code in mail.outbox[0].body
    assert mail.outbox[0].to == ["Guest@Mail.test"]
    assert (invitation.email, invitation.roles) == ("guest@mail.test", {"teacher"})
    assert "guest@mail.test" in listed
    assert code not in listed
    assert "no-store" in made["Cache-Control"]
    assert (looked.status_code, there) == (405, 1)
    assert not Invitation.objects.exists()
    assert [action for action, _ in deeds()] == ["school.invited", "school.invitation_revoked"]


def test_managers_are_invited_by_admins_and_bad_invitations_by_nobody(
    toto: CurrentSchool, browser: Client
) -> None:
    admin = signed_in(a_member(toto, "admin"), "toto")
    address = f"{PEOPLE}invitations/add/"
    form = {"email": "", "roles": ["manager"], "level": "", "days": "7"}

    refused = browser.post(address, form)
    bad = [
        admin.post(address, {**form, **wrong})
        for wrong in ({"email": "x"}, {"roles": []}, {"days": "91"}, {"level": "Z9"})
    ]
    none_yet = Invitation.objects.exists()
    made = admin.post(address, form)

    assert "roles" in refused.context["form"].errors
    assert all(each.context["form"].errors for each in bad)
    assert not none_yet
    assert CODE.findall(text_of(made))


def test_a_taken_invitation_is_not_listed_and_an_expired_one_says_so(
    toto: CurrentSchool, manager: User, browser: Client
) -> None:
    for email in ("taken@mail.test", "old@mail.test"):
        invite(actor=manager, school=toto, roles=["student"], email=email, at=now())
    Invitation.objects.filter(email="taken@mail.test").update(accepted_at=now())
    Invitation.objects.filter(email="old@mail.test").update(expires_at=now())

    listed = text_of(browser.get(f"{PEOPLE}invitations/"))

    assert "taken@mail.test" not in listed
    assert "old@mail.test" in listed
    assert "expired" in listed


def test_the_joining_code_is_made_anew_switched_off_and_on(
    toto: CurrentSchool, browser: Client
) -> None:
    address = f"{PEOPLE}code/"

    def rules() -> tuple[str, str]:
        return School.objects.values_list("signup_policy", "join_code").get(id=toto.id)

    assert CODE.findall(text_of(browser.get(address))) == []
    browser.post(address, {"to": "on"})
    policy, first = rules()
    shown = CODE.findall(text_of(browser.get(address)))
    browser.post(address, {"to": "new"})
    second = rules()[1]
    learner = a_person()
    join(user=learner, school=school_by_id(toto.id), code=second, at=now())
    browser.post(address, {"to": "off"})
    browser.post(address, {"to": "elsewhere"})

    assert policy == "code"
    assert shown == [first]
    assert second != first
    assert place_of(learner).status == "active"
    assert rules() == ("invitation", second)
    told = str(deeds())
    assert {action for action, _ in deeds()} == {"school.settings_changed"}
    assert first not in told
    assert second not in told


def test_nobody_else_finds_the_people_or_changes_them(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    member = an_applicant(toto, first_name="Ana")
    a_member(toto, "manager")
    invitation = invite(actor=member.user, school=toto, roles=["student"], at=now())
    strangers = {
        "teacher": signed_in(a_member(toto, "teacher"), "toto"),
        "creator": signed_in(a_member(toto, "content_creator"), "toto"),
        "learner": signed_in(a_member(toto), "toto"),
        "stranger": signed_in(a_member(campus, "admin"), "toto"),
        "stranger at home": signed_in(a_member(campus, "admin"), "campus"),
        "nobody": Client(headers={"host": "toto.test"}),
    }
    own = (PEOPLE, f"{PEOPLE}results/", f"{PEOPLE}invitations/", f"{PEOPLE}code/")

    for name, browser in strangers.items():
        at_home = name == "stranger at home"
        assert "Ana" not in "".join(text_of(browser.get(address)) for address in own), name
        refused = {404} if at_home else {302, 403, 404}
        answers = [
            browser.post(page_of(member), {"status": "active", "level": ""}),
            browser.get(page_of(member)),
            browser.post(deciding("let_in", member)),
            browser.post(deciding("refuse", member)),
            browser.post(f"{PEOPLE}invitations/{invitation.id}/withdraw/"),
        ]
        assert {each.status_code for each in answers} <= refused, name
        if not at_home:
            browser.post(f"{PEOPLE}code/", {"to": "new"})
        menu = text_of(browser.get("/admin/"))
        assert ("/admin/people/" in menu) == at_home, name

    assert place_of(member.user).status == "pending"
    assert Invitation.objects.count() == 1
    assert not AuditEntry.objects.filter(action="school.settings_changed").exists()
