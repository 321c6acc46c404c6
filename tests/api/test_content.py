"""Reading content over the API: details and lists, for whom, and in which language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lyceum.accounts.models import User
from lyceum.kernel.clock import now
from lyceum.learning.models import LessonProgress
from lyceum.schools.current import CurrentSchool
from tests.clients import AppClient
from tests.exercises import require
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import PASSWORD, a_learner, a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db


def read(client: Client, path: str, school: str = "toto", **headers: str) -> Any:
    return client.get(f"/api/v1/content/{path}", headers={"host": f"{school}.test", **headers})


def test_a_published_lesson_is_read_with_its_category(client: Client) -> None:
    school = a_school("toto")
    category = a_category(school, "Grammar", colour="#112233")
    subcategory = a_subcategory(category, "Verbs")
    lesson = a_lesson(subcategory, "To be", description_en="I am, you are.", level="A1")

    response = read(client, f"lessons/{lesson.uuid}")

    assert response.status_code == 200
    told = response.json()
    assert told["id"] == str(lesson.uuid)
    assert (told["type"], told["title"], told["level"]) == ("lesson", "To be", "A1")
    assert told["category"] == {
        "id": str(category.uuid),
        "type": "category",
        "slug": category.slug,
        "title": "Grammar",
        "colour": "#112233",
    }
    assert told["subcategory"]["id"] == str(subcategory.uuid)


def test_a_list_shows_published_pages_in_the_order_of_the_tree(client: Client) -> None:
    school = a_school("toto")
    subcategory = a_subcategory(school)
    first = a_lesson(subcategory)
    a_lesson(subcategory, published=False)
    second = a_lesson(subcategory)

    told = read(client, "lessons").json()

    assert [item["id"] for item in told["items"]] == [str(first.uuid), str(second.uuid)]
    assert told["next"] is None
    assert told["items"][0]["order"] < told["items"][1]["order"]


def test_another_schools_page_is_not_found(client: Client) -> None:
    a_school("toto")
    lesson = a_lesson(a_school("campus"))

    assert read(client, f"lessons/{lesson.uuid}").status_code == 404
    assert read(client, f"lessons/{uuid4()}").json()["code"] == "not_found"
    assert read(client, "lessons").json()["items"] == []


def test_a_members_catalogue_is_for_members_alone(client: Client) -> None:
    school = a_school("toto", catalogue="members")
    lesson = a_lesson(school)
    here = f"lessons/{lesson.uuid}"

    assert read(client, here).status_code == 401
    client = signed_in(a_person(), "toto")
    assert read(client, here).json()["code"] == "not_a_member"
    assert read(client, f"lessons/{uuid4()}").json()["code"] == "not_a_member"
    for member in (a_learner(school), a_member(school, "teacher")):
        client = signed_in(member, "toto")
        assert read(client, here).status_code == 200


def test_the_readers_language_comes_first_and_each_field_falls_back(client: Client) -> None:
    school = a_school("toto", languages=["es", "en", "ar"])
    lesson = a_lesson(school, "To be", title_es="Ser", description_es="Yo soy.")

    english = read(client, f"lessons/{lesson.uuid}?lang=en")
    assert english["Content-Language"] == "en"
    assert (english.json()["title"], english.json()["description"]) == ("To be", "Yo soy.")
    assert english.json()["languages"] == ["es", "en"]
    arabic = read(client, f"lessons/{lesson.uuid}", **{"accept-language": "ar-EG,en;q=0.5"})
    assert (arabic["Content-Language"], arabic.json()["title"]) == ("ar", "Ser")
    assert read(client, f"lessons/{lesson.uuid}")["Content-Language"] == "es"


def test_the_profiles_language_comes_before_the_browsers(client: Client) -> None:
    school = a_school("toto")
    lesson = a_lesson(school, "To be", title_ar="كان")
    learner = a_learner(school)
    learner.profile.language = "ar"
    learner.profile.save()

    told = read(signed_in(learner, "toto"), f"lessons/{lesson.uuid}", **{"accept-language": "es"})

    assert told.json()["title"] == "كان"


def test_a_language_that_the_school_has_not_is_refused(client: Client) -> None:
    a_school("toto")

    response = read(client, "lessons?lang=tr")

    assert (response.status_code, list(response.json()["errors"])) == (422, ["lang"])


def test_who_has_it_already_gets_304(client: Client) -> None:
    lesson = a_lesson(a_school("toto"))
    first = read(client, f"lessons/{lesson.uuid}")

    again = read(client, f"lessons/{lesson.uuid}", **{"if-none-match": f'"other", {first["ETag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    lesson.title_en = "Changed"
    lesson.save_revision().publish()
    changed = read(client, f"lessons/{lesson.uuid}", **{"if-none-match": first["ETag"]})
    assert (changed.status_code, changed.json()["title"]) == (200, "Changed")


def test_a_detail_costs_two_queries_and_a_list_no_more_than_three(
    client: Client, django_assert_num_queries: Any
) -> None:
    school = a_school("toto")
    subcategory = a_subcategory(school)
    lessons = [a_lesson(subcategory) for _ in range(25)]
    for path in (f"lessons/{lessons[0].uuid}", "lessons"):
        read(client, path)  # the process learns its school

    with django_assert_num_queries(2):
        read(client, f"lessons/{lessons[0].uuid}")
    with django_assert_num_queries(2):
        assert len(read(client, "lessons").json()["items"]) == 20
    with django_assert_num_queries(3):
        read(client, f"lessons?subcategory={subcategory.uuid}")


def by_cookie(person: User) -> Callable[[str], Any]:
    browser = Client(headers={"host": "toto.test"})
    door = "/_allauth/browser/v1/auth/login"
    told = {"email": person.email, "password": PASSWORD}
    assert browser.post(door, told, content_type="application/json").status_code == 200
    return browser.get


def by_token(person: User) -> Callable[[str], Any]:
    app = AppClient("toto")
    assert app.log_in(str(person.email)).status_code == 200
    return lambda path: app.call("GET", path)


@pytest.mark.parametrize("signed_in_by", [by_cookie, by_token])
def test_a_learner_pays_two_queries_more_and_one_where_a_lesson_requires_another(
    signed_in_by: Callable[[User], Callable[[str], Any]], django_assert_num_queries: Any
) -> None:
    school = a_school("toto")
    subcategory = a_subcategory(school)
    first, second = a_lesson(subcategory), a_lesson(subcategory)
    learner = a_learner(school)
    get = signed_in_by(learner)
    list_ = "/api/v1/content/lessons"

    def check(costs: dict[str, int]) -> None:
        for path, cost in costs.items():
            get(path)  # the process learns how to ask
            with django_assert_num_queries(cost):
                assert get(path).status_code == 200

    # School, who it is and where they stand, the pages, and one's progress.
    check({f"{list_}/{first.uuid}": 4, f"{list_}/{second.uuid}": 4, list_: 4})

    require(second, first)
    complete(first, learner, school)
    # And which lessons come before others.
    gated = {f"{list_}/{first.uuid}": 4, f"{list_}/{second.uuid}": 5, list_: 5}
    check(gated)
    for _ in range(4):
        a_lesson(subcategory)
    check(gated)


def complete(lesson: Any, learner: User, school: CurrentSchool) -> None:
    at = now()
    LessonProgress.objects.create(
        school_id=school.id, user=learner, lesson_id=lesson.pk, completed_at=at, updated_at=at
    )
