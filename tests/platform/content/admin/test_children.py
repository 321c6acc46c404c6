"""Children in the admin: a teacher makes their accounts and prints cards, and nobody else's."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client

from lyceum.accounts.models import User
from lyceum.events.models import AuditEntry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from tests.children import CHILD_PASSWORD, a_child, a_class, child_logs_in
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

PASSWORD = re.compile(r'class="lyceum-password"><bdi>([^<]+)</bdi>')


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto", name="Toto’s", level_scale="kg")


def rows(*children: tuple[str, str, str], **place: str) -> dict[str, str]:
    """Return the form in which the proposed user names are sent on."""
    form = {"rows-TOTAL_FORMS": str(len(children)), "rows-INITIAL_FORMS": "0", **place}
    for number, (first, last, username) in enumerate(children):
        form |= {
            f"rows-{number}-first_name": first,
            f"rows-{number}-last_name": last,
            f"rows-{number}-username": username,
        }
    return form


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_a_teacher_makes_a_class_and_sees_its_passwords_once(toto: CurrentSchool) -> None:
    teacher = a_member(toto, "teacher")
    cohort = a_class(toto, teacher)
    browser = signed_in(teacher, "toto")

    proposed = browser.post(
        "/admin/children/add/",
        {"names": "Sara Ali\nAli, Sara\n\nأحمد علي\n", "cohort": str(cohort.uuid), "level": "KG1"},
    )
    values = [row.initial["username"] for row in proposed.context["rows"]]
    made = browser.post(
        "/admin/children/make/",
        rows(
            ("Sara", "Ali", values[0]),
            ("Sara", "Ali", values[1]),
            ("أحمد", "علي", values[2]),
            cohort=str(cohort.uuid),
            level="KG1",
        ),
    )
    passwords = PASSWORD.findall(text_of(made))

    assert values == ["sara", "sara.a", "أحمد"]
    assert len(passwords) == 3
    assert "no-store" in made["Cache-Control"]
    for username, password in zip(values, passwords, strict=True):
        assert child_logs_in("toto", username, password)[1].status_code == 200
    kept = [*(each.get_decoded() for each in Session.objects.all()), *AuditEntry.objects.values()]
    assert not any(password in str(kept) for password in passwords)
    assert list(get_messages(made.wsgi_request)) == []
    later = text_of(browser.get("/admin/children/"))
    assert "sara.a" in later
    assert not any(password in later for password in passwords)


def test_a_form_that_is_sent_twice_makes_nothing_twice(toto: CurrentSchool) -> None:
    browser = signed_in(a_member(toto, "manager"), "toto")
    form = rows(("Sara", "", "sara"), ("Leo", "", "leo"), cohort="", level="")

    browser.post("/admin/children/make/", form)
    again = browser.post("/admin/children/make/", form)

    assert "sara is taken." in text_of(again)
    assert PASSWORD.findall(text_of(again)) == []
    assert User.objects.filter(managed_by_id=toto.id).count() == 2


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"rows-TOTAL_FORMS": "x"},
        rows(cohort="", level=""),
        rows(("", "", "sara"), cohort="", level=""),
        rows(("Sara", "", "a@b"), cohort="", level=""),
        rows(("Sara", "", "sara"), cohort="x", level=""),
        rows(("Sara", "", "sara"), cohort="", level="KG9"),
        rows(*[("Sara", "", f"sara{n}") for n in range(41)], cohort="", level=""),
    ],
)
def test_a_bad_form_is_shown_again_and_makes_nothing(
    toto: CurrentSchool, form: dict[str, str]
) -> None:
    browser = signed_in(a_member(toto, "manager"), "toto")

    response = browser.post("/admin/children/make/", form)

    assert response.status_code == 200
    assert not User.objects.filter(managed_by_id=toto.id).exists()


def test_new_passwords_are_shown_on_cards_in_the_schools_language() -> None:
    school = a_school("toto", languages=["ar", "en"])
    teacher = a_member(school, "teacher")
    child = a_child(school, cohort=a_class(school, teacher))

    cards = signed_in(teacher, "toto").post(
        "/admin/children/cards/", {"child": str(child.account.id)}
    )
    [password] = PASSWORD.findall(text_of(cards))

    assert 'lang="ar" dir="rtl"' in text_of(cards)
    assert "كلمة المرور" in text_of(cards)
    assert "<svg" in text_of(cards)
    assert child_logs_in("toto", password=CHILD_PASSWORD)[1].status_code == 400
    assert child_logs_in("toto", password=password)[1].status_code == 200


def test_a_child_is_renamed_and_put_out_of_use(toto: CurrentSchool) -> None:
    teacher = a_member(toto, "teacher")
    child = a_child(toto, cohort=a_class(toto, teacher))
    a_child(toto, "leo")
    browser = signed_in(teacher, "toto")
    address = f"/admin/children/{child.account.id}/"
    form = {"first_name": "Sara", "last_name": "Ali", "username": "sara.ali", "status": "inactive"}

    taken = browser.post(address, {**form, "username": "leo"})
    changed = browser.post(address, form)

    assert "leo is taken." in text_of(taken)
    assert changed.status_code == 302
    user = User.objects.get(uuid=child.account.person)
    assert (user.last_name, user.username) == ("Ali", "sara.ali")
    assert Membership.objects.get(user=user).status == "inactive"


def test_nobody_else_reaches_a_child_in_the_admin(toto: CurrentSchool) -> None:
    campus = a_school("campus")
    child = a_child(toto, cohort=a_class(toto, a_member(toto, "teacher")))
    people = {
        "colleague": signed_in(a_member(toto, "teacher"), "toto"),
        "creator": signed_in(a_member(toto, "content_creator"), "toto"),
        "stranger": signed_in(a_member(campus, "admin"), "toto"),
        "stranger at home": signed_in(a_member(campus, "admin"), "campus"),
        "learner": signed_in(a_member(toto, "student"), "toto"),
        "nobody": Client(headers={"host": "toto.test"}),
    }

    for name, browser in people.items():
        listed = browser.get("/admin/children/")
        one = browser.get(f"/admin/children/{child.account.id}/")
        reset = browser.post("/admin/children/cards/", {"child": str(child.account.id)})
        assert {one.status_code, reset.status_code} <= {302, 403, 404}, name
        assert "sara" not in text_of(listed).lower(), name

    assert child_logs_in("toto")[1].status_code == 200


def test_the_menu_offers_children_to_those_who_look_after_some(toto: CurrentSchool) -> None:
    teacher = text_of(signed_in(a_member(toto, "teacher"), "toto").get("/admin/"))
    creator = text_of(signed_in(a_member(toto, "content_creator"), "toto").get("/admin/"))

    assert "/admin/children/" in teacher
    assert "/admin/children/" not in creator


def test_an_ordinary_person_gets_no_password_here(toto: CurrentSchool) -> None:
    learner = a_member(toto, "student")
    place = Membership.objects.get(user=learner)
    before = learner.password
    operator = a_person(is_superuser=True)

    for person in (a_member(toto, "manager"), operator):
        response = signed_in(person, "toto").post(
            "/admin/children/cards/", {"child": str(place.uuid)}
        )
        assert response.status_code == 404

    learner.refresh_from_db()
    assert learner.password == before
