"""Lists of content: filters, levels, orders, pages that stand still, and fewer fields."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from lyceum.content.listing import Listing, read_list
from lyceum.content.types import content_types
from lyceum.content.visibility import Reader
from lyceum.http.pagination import to_cursor
from tests.pages import a_category, a_course, a_lesson, a_subcategory
from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db


def titles(client: Client, query: str = "", of: str = "lessons") -> list[str]:
    response = client.get(f"/api/v1/content/{of}{query}", headers={"host": "toto.test"})
    assert response.status_code == 200, response.json()
    return [item["title"] for item in response.json()["items"]]


def errors(client: Client, query: str) -> list[str]:
    response = client.get(f"/api/v1/content/lessons{query}", headers={"host": "toto.test"})
    assert response.status_code == 422
    return list(response.json()["errors"])


def test_filters_narrow_a_list(client: Client) -> None:
    school = a_school("toto")
    grammar, reading = a_category(school, "Grammar"), a_category(school, "Reading")
    verbs, stories = a_subcategory(grammar), a_subcategory(reading)
    a_lesson(verbs, "To be", tags=["verbs", "irregular"], duration=10, level="A1")
    a_lesson(verbs, "To have", tags=["verbs"], duration=30, level="A2")
    a_lesson(stories, "A café", description_en="Coffee in Málaga", duration=20, level="A2")
    a_course(school, "Begin")

    assert titles(client, f"?category={grammar.uuid}") == ["To be", "To have"]
    assert titles(client, f"?subcategory={stories.uuid}") == ["A café"]
    assert titles(client, f"?category={grammar.uuid}&subcategory={stories.uuid}") == []
    assert titles(client, "?tag=irregular") == ["To be"]
    assert titles(client, "?level=A2") == ["To have", "A café"]
    assert titles(client, "?duration_max=20") == ["To be", "A café"]
    assert titles(client, "?q=malaga") == ["A café"]
    assert titles(client, "?order=-title") == ["To have", "To be", "A café"]
    assert titles(client, "?order=-created") == ["A café", "To have", "To be"]
    assert titles(client, of="categories") == ["Grammar", "Reading"]
    assert titles(client, of="courses") == ["Begin"]


def test_what_a_list_does_not_know_is_refused_by_name(client: Client) -> None:
    school = a_school("toto")
    lesson = a_lesson(school)

    assert errors(client, "?order=colour") == ["order"]
    assert errors(client, "?fields=title,colour") == ["fields"]
    assert errors(client, "?level=KG1") == ["level"]
    assert errors(client, f"?category={lesson.uuid}") == ["category"]
    assert errors(client, "?category=none") == ["category"]
    assert errors(client, "?limit=101") == ["limit"]
    assert errors(client, "?colour=red") == ["colour"]


@pytest.mark.parametrize("cursor", ["x", "W10", "WyJvcmRlciIsIiJd", "\ud55c", "eyJhIjoxfQ"])
def test_a_cursor_that_is_none_is_refused(client: Client, cursor: str) -> None:
    a_school("toto")

    response = client.get(
        "/api/v1/content/lessons", {"cursor": cursor}, headers={"host": "toto.test"}
    )

    assert (response.status_code, response.json()["code"]) == (422, "cursor_invalid")


def test_a_cursor_names_a_place_in_this_school_alone(client: Client) -> None:
    school, other = a_school("toto"), a_school("campus")
    a_lesson(school)
    a_lesson(other, "Another school's")

    for place in (other.root_path, "~", "", f"{school.root_path}~", "0"):
        cursor = to_cursor("order", "", place)
        response = client.get(
            "/api/v1/content/lessons", {"cursor": cursor}, headers={"host": "toto.test"}
        )
        assert (response.status_code, response.json()["code"]) == (422, "cursor_invalid")


def test_titles_are_ordered_in_the_readers_language_without_case_accents_and_signs(
    client: Client,
) -> None:
    subcategory = a_subcategory(a_school("toto"))
    for title, title_es in (("zebra", "Ábaco"), ("Éclair", ""), ("eat", "¿Bien?"), ("“Fish”", "c")):
        a_lesson(subcategory, title, title_es=title_es)

    assert titles(client, "?order=title") == ["eat", "Éclair", "“Fish”", "zebra"]
    # What has no title in a language is told, and stands, by the school's own.
    assert titles(client, "?order=title&lang=es") == ["Ábaco", "¿Bien?", "c", "Éclair"]
    assert titles(client, "?order=-title&lang=es") == ["Éclair", "c", "¿Bien?", "Ábaco"]


def test_a_title_that_changes_takes_its_new_place_at_once(client: Client) -> None:
    school = a_school("toto")
    first, _ = a_lesson(school, "Apple"), a_lesson(school, "Banana")
    assert titles(client, "?order=title") == ["Apple", "Banana"]

    first.title_en = "Cherry"
    first.save_revision().publish()
    assert titles(client, "?order=title") == ["Banana", "Cherry"]
    first.unpublish()
    assert titles(client, "?order=title") == ["Banana"]


@pytest.mark.parametrize("order", ["title", "created", "updated"])
def test_no_order_shows_what_is_another_schools(client: Client, order: str) -> None:
    a_lesson(a_school("learnify"), "Theirs")
    category = a_category(a_school("toto"))
    a_lesson(a_subcategory(category), "Ours")

    assert titles(client, f"?order={order}") == ["Ours"]
    assert titles(client, f"?order=-{order}&category={category.uuid}") == ["Ours"]


@pytest.mark.parametrize("order", ["title", "-created", "updated"])
def test_every_order_costs_the_same_however_many_lessons_there_are(
    client: Client, django_assert_num_queries: Any, order: str
) -> None:
    school = a_school("toto")
    # The school, what is out of date where titles are sorted, and the page.
    cost = 3 if order == "title" else 2
    for _ in range(2):
        for _ in range(3):
            a_lesson(school)
        told = f"?order={order}&limit=2"
        titles(client, told)
        with django_assert_num_queries(cost):
            titles(client, told)


@pytest.mark.parametrize("order", ["order", "title", "-title", "updated", "-created"])
def test_pages_neither_repeat_nor_skip_when_lessons_are_added(client: Client, order: str) -> None:
    subcategory = a_subcategory(a_school("toto"))
    for number in range(5):
        a_lesson(subcategory, f"Lesson {number}")
    seen: list[str] = []
    cursor = ""
    for added in range(10):
        page = client.get(
            "/api/v1/content/lessons",
            {"order": order, "limit": 2, "cursor": cursor, "count": "true"},
            headers={"host": "toto.test"},
        ).json()
        seen += [item["title"] for item in page["items"]]
        if added == 0:
            assert page["count"] == 5
            a_lesson(subcategory, "Lesson 00")
        cursor = page["next"]
        if cursor is None:
            break

    known = [title for title in seen if title != "Lesson 00"]
    assert sorted(known) == [f"Lesson {number}" for number in range(5)]
    assert len(seen) == len(set(seen))


def test_a_learner_sees_their_level_and_below_unless_they_ask_for_all() -> None:
    school = a_school("toto")
    subcategory = a_subcategory(school)
    for level in ("A1", "A2", "B1", "MIXED", ""):
        a_lesson(subcategory, f"At {level}", level=level)
    everything = ["At A1", "At A2", "At B1", "At MIXED", "At "]
    learner = signed_in(a_learner(school, level="A2"), "toto")

    assert titles(learner) == ["At A1", "At A2", "At MIXED", "At "]
    assert titles(learner, "?level=all") == everything
    assert titles(learner, "?level=B1") == ["At B1"]
    assert titles(signed_in(a_learner(school), "toto")) == everything
    assert titles(signed_in(a_member(school, "teacher", level="A1"), "toto")) == everything
    assert titles(Client()) == everything


def test_fewer_fields_come_when_asked_for(client: Client) -> None:
    lesson = a_lesson(a_school("toto"), "To be")

    response = client.get(
        "/api/v1/content/lessons?fields=title,level", headers={"host": "toto.test"}
    )

    assert response.json()["items"] == [{"id": str(lesson.uuid), "title": "To be", "level": ""}]


def test_what_lies_below_an_unpublished_page_is_hidden(client: Client) -> None:
    lesson = a_lesson(a_school("toto"))
    section = lesson.get_parent()
    section.specific.unpublish()

    assert titles(client) == []
    here = f"/api/v1/content/lessons/{lesson.uuid}"
    assert client.get(here, headers={"host": "toto.test"}).status_code == 404


def test_a_list_costs_the_same_for_three_lessons_and_for_thirty(
    django_assert_num_queries: Any,
) -> None:
    school = a_school("toto")
    subcategory = a_subcategory(school)
    learner = a_learner(school)
    reader = Reader(school=school, language="en", user_id=learner.pk)
    for wanted in (3, 30):
        while type(subcategory).objects.get().get_children().count() < wanted:
            a_lesson(subcategory)
        read_list(content_types["lessons"], Listing(limit=50), reader)
        with django_assert_num_queries(2):  # the pages, and the learner's progress
            read_list(content_types["lessons"], Listing(limit=50), reader)


def test_the_tree_names_all_that_is_listed(client: Client) -> None:
    school = a_school("toto")
    lesson = a_lesson(school, "To be", title_es="Ser")
    a_lesson(school, published=False)

    told = client.get("/api/v1/content/tree?lang=es", headers={"host": "toto.test"})

    [category, _] = told.json()["items"]
    [subcategory] = category["children"]
    [node] = subcategory["children"]
    assert (node["id"], node["title"], node["children"]) == (str(lesson.uuid), "Ser", [])
    assert told["ETag"]
