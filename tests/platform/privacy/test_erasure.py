"""Erasing a person: nothing of theirs is found afterwards, and nothing of others is missing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from wagtail.models import Comment, PageLogEntry

from lyceum.accounts.models import Profile, User
from lyceum.accounts.privacy import guards
from lyceum.accounts.privacy.erasing import (
    ConfirmationWrong,
    LastOperator,
    erase_managed,
    erase_oneself,
    erase_person,
)
from lyceum.content.models import BasePage, LibraryImage, Recording
from lyceum.events.models import AuditEntry, Delivery, Event
from lyceum.kernel.clock import now
from lyceum.kernel.errors import NotFound
from lyceum.kernel.plugins.watchdog import watchdog
from lyceum.kernel.privacy import DELETE, Holding, Person, Provider, providers
from lyceum.learning import rollups
from lyceum.learning.models import ActivityEntry, Attempt, ExerciseTally, SchoolDay
from lyceum.schools.membership import LastAdmin
from lyceum.schools.models import Membership, PluginFailure
from lyceum.schools.plugins.failures import note_failure
from lyceum.schools.roles import ManagedBySchool
from tests.children import a_child
from tests.lives import EMAIL, FIRST, SAID, TELLING, Life, a_life, bytes_left, traces
from tests.people import a_member, a_person, a_school, a_token

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def life() -> Life:
    school = a_school("toto")
    a_member(school, "admin")
    return a_life(school)


def test_nothing_by_which_a_person_could_be_found_is_left(life: Life) -> None:
    found = " ".join(traces())
    assert all(word in found for word in TELLING)  # so that it is really looked for

    erase_person(user=life.user, actor=life.user, at=now())

    assert traces() == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite's files")
def test_no_free_page_of_the_file_holds_what_was_erased(life: Life) -> None:
    # Enough of it that rows fill pages of their own, which become free.
    Profile.objects.filter(user=life.user).update(preferences={"much": [SAID] * 2000})
    assert bytes_left()

    erase_person(user=life.user, actor=life.user, at=now())

    assert bytes_left() == []


def test_what_was_made_for_the_school_stays_and_is_nobodys(life: Life) -> None:
    erase_person(user=life.user, actor=life.user, at=now())

    page = BasePage.objects.get(pk=life.lesson.pk)
    assert (page.title, page.owner, page.locked, page.locked_by) == ("Animals", None, False, None)
    assert LibraryImage.objects.get(title="A cat").uploaded_by_user is None
    assert [comment.text for comment in Comment.objects.all()] == ["A colleague says"]
    kept = page.specific.get_latest_revision().content["wagtail_admin_comments"]
    assert [comment["text"] for comment in kept] == ["A colleague says"]
    assert page.specific.get_latest_revision_as_object().title == "Animals"
    assert PageLogEntry.objects.filter(page=page.pk, user__isnull=True).exists()
    assert not Recording.objects.exists()


def test_others_lose_nothing(life: Life) -> None:
    other = a_life_beside(life)
    before = rows_of_others(other)

    erase_person(user=life.user, actor=life.user, at=now())

    assert rows_of_others(other) == before


def a_life_beside(life: Life) -> User:
    other = a_member(life.school, "teacher", first_name="Yolanda", email="yolanda@example.test")
    a_token(other, life.school, "account:read")
    return other


def rows_of_others(other: User) -> Any:
    return (
        list(User.objects.filter(pk=other.pk).values()),
        list(Membership.objects.filter(user=other).values()),
        other.emailaddress_set.count(),  # type: ignore[attr-defined]
        list(AuditEntry.objects.filter(actor=other.uuid).values()),
    )


def test_figures_equal_what_a_rebuild_gives(life: Life) -> None:
    learner = a_member(life.school)
    Attempt.objects.filter(pk=Attempt.objects.latest("pk").pk).update(user=learner, number=9)
    rollups.rebuild()

    erase_person(user=life.user, actor=life.user, at=now())
    kept = figures()
    rollups.rebuild()

    assert kept == figures() != ([], [])


def figures() -> tuple[list[Any], list[Any]]:
    numbers = ("attempts", "marked", "correct", "score_total")
    days = ("day", "attempts", "correct", "lessons_completed")
    return (
        list(ExerciseTally.objects.values_list("exercise", *numbers).order_by("exercise")),
        list(SchoolDay.objects.values_list("school", *days).order_by("day")),
    )


def test_the_spine_keeps_a_uuid_that_leads_nowhere_and_no_address(life: Life) -> None:
    uuid = life.user.uuid
    AuditEntry.objects.create(action="x", actor=uuid, address="203.0.113.9")
    others = AuditEntry.objects.create(action="x", actor=life.colleague.uuid, address="203.0.113.8")

    erase_person(user=life.user, actor=life.user, at=now())

    assert Event.objects.filter(actor=uuid).exists()
    assert not AuditEntry.objects.filter(actor=uuid, address__isnull=False).exists()
    assert AuditEntry.objects.get(pk=others.pk).address == "203.0.113.8"
    erased = AuditEntry.objects.get(action="account.erased")
    assert (erased.target, erased.actor, erased.changes) == (uuid, uuid, {})
    assert not Delivery.objects.filter(event__actor=uuid).exists()
    assert not ActivityEntry.objects.filter(person=uuid).exists()


def test_the_audit_lets_nothing_change_but_that_an_address_is_forgotten() -> None:
    entry = AuditEntry.objects.create(action="x", address="203.0.113.9", changes={"a": [1, 2]})
    same = AuditEntry.objects.filter(pk=entry.pk)
    refused: list[dict[str, Any]] = [
        {"address": "203.0.113.10"},
        {"action": "y"},
        {"address": None, "action": "y"},
        {"address": None, "changes": {}},
        {"address": None, "actor": UUID(int=1)},
        {"at": now()},
    ]

    for change in refused:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            same.update(**change)
    same.update(address=None)

    assert same.get().address is None
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(type="y") or Event.objects.create(type="x").save()


def test_the_last_admin_of_a_school_stays_until_there_is_another() -> None:
    school = a_school("toto")
    admin = a_member(school, "admin")
    a_member(school, "manager")

    with pytest.raises(LastAdmin):
        erase_person(user=admin, actor=admin, at=now())
    a_member(school, "admin")
    erase_person(user=admin, actor=admin, at=now())

    assert not User.objects.filter(pk=admin.pk).exists()


def test_the_last_operator_stays() -> None:
    operator = a_person(is_superuser=True)

    with pytest.raises(LastOperator):
        erase_person(user=operator, actor=operator, at=now())
    a_person(is_superuser=True)
    erase_person(user=operator, actor=operator, at=now())


def test_a_managed_account_is_erased_by_its_school_alone() -> None:
    school = a_school("toto")
    made = a_child(school, "quetzalina")
    manager = a_member(school, "manager")
    child = User.objects.get(uuid=made.account.person)

    with pytest.raises(ManagedBySchool):
        erase_oneself(user=child, confirm=str(child.uuid), at=now())
    elsewhere = a_school("campus")
    with pytest.raises(NotFound):
        erase_managed(actor=manager, school=elsewhere, account=made.account.id, at=now())
    erase_managed(actor=manager, school=school, account=made.account.id, at=now())

    assert traces(("quetzalina",)) == []
    assert not User.objects.filter(pk=child.pk).exists()


def test_it_is_confirmed_by_the_address_or_by_the_id_of_who_has_none() -> None:
    person = a_person()
    unproved = a_person("unproved@example.test", verified=False)

    with pytest.raises(ConfirmationWrong):
        erase_oneself(user=person, confirm="yes", at=now())
    erase_oneself(user=person, confirm=f" {(person.email or '').upper()} ", at=now())
    with pytest.raises(ConfirmationWrong):
        erase_oneself(user=unproved, confirm="unproved@example.test", at=now())
    erase_oneself(user=unproved, confirm=str(unproved.uuid), at=now())

    assert not User.objects.exists()


def test_a_last_mail_says_that_it_is_done(life: Life) -> None:
    mail.outbox.clear()

    erase_person(user=life.user, actor=life.user, at=now())

    assert [message.to for message in mail.outbox] == [[EMAIL]]
    assert "last mail" in mail.outbox[0].body
    assert "new password" not in mail.outbox[0].body


def test_a_plugin_that_fails_costs_no_erasure(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        AuditEntry.objects.create(action="half done")
        raise SystemExit

    broken = Provider(
        holdings=(Holding("accounts.PersonalToken", "user", DELETE),), erase=fail, guarded=True
    )
    monkeypatch.setitem(providers._things, "broken", broken)

    erase_person(user=life.user, actor=life.colleague, at=now())

    assert traces() == []
    assert AuditEntry.objects.get(action="account.erased").changes == {"failed": [[], ["broken"]]}
    assert not AuditEntry.objects.filter(action="half done").exists()


def test_what_a_plugin_declares_is_done_though_its_own_function_fails(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError

    # By UUID, which no foreign key of the database leads to.
    held = (Holding("learning.ActivityEntry", "person", DELETE),)
    monkeypatch.delitem(providers._things, "learning")
    broken = Provider(holdings=held, erase=fail, guarded=True)
    monkeypatch.setitem(providers._things, "broken", broken)
    assert ActivityEntry.objects.filter(person=life.user.uuid).exists()

    erase_person(user=life.user, actor=None, at=now())

    assert not ActivityEntry.objects.filter(person=life.user.uuid).exists()


def test_a_plugin_that_hangs_is_cut_off_and_not_asked_again(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def hang(person: Person, at: Any) -> None:
        asked.append(person.id)
        while True:
            pass

    monkeypatch.setattr(guards, "SECONDS", 0.2)
    held = (Holding("accounts.PersonalToken", "user", DELETE),)
    hanging = Provider(holdings=held, erase=hang, guarded=True)
    monkeypatch.setitem(providers._things, "hanging", hanging)
    another = a_member(life.school)
    first, second = life.user.pk, another.pk

    erase_person(user=life.user, actor=None, at=now())
    erase_person(user=another, actor=None, at=now())

    assert (asked, traces()) == ([first], [])
    assert not User.objects.filter(pk__in=[first, second]).exists()
    noted = AuditEntry.objects.filter(action="account.erased").values_list("changes", flat=True)
    assert list(noted) == [{"failed": [[], ["hanging"]]}] * 2


def test_one_that_cannot_even_be_interrupted_is_not_asked_by_the_next_process() -> None:
    watch = watchdog.watch()
    watch.doing = ("stuck", guards.DOING, None)

    for told in watchdog.on_stuck:
        told(watch)

    with pytest.raises(guards.ProviderHung, match="not asked"):
        guards.called("stuck", lambda: pytest.fail("It was asked."))


def test_what_a_plugin_said_as_it_broke_is_forgotten(life: Life) -> None:
    note_failure("moments", "job", life.school.id, ValueError(f"{EMAIL.upper()} is taken"))

    erase_person(user=life.user, actor=None, at=now())

    assert [failure.error for failure in PluginFailure.objects.all()] == [""]


def test_a_room_that_fails_undoes_it_all(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("A mistake of ours.")

    monkeypatch.setitem(providers._things, "wrong", Provider(erase=fail))

    with pytest.raises(RuntimeError):
        erase_person(user=life.user, actor=life.user, at=now())

    assert User.objects.get(pk=life.user.pk).first_name == FIRST
    with Recording.objects.get().file.open() as kept:
        assert kept.read() == SAID.encode()
