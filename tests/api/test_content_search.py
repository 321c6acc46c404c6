"""Search over the API: words in either spelling, in any language, of what one may read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.rich_text import RichText

from tests.pages import a_lesson, an_exercise
from tests.people import a_school

pytestmark = pytest.mark.django_db


def search(client: Client, query: str, **more: Any) -> Any:
    response = client.get(
        "/api/v1/content/search", {"q": query, **more}, headers={"host": "toto.test"}
    )
    assert response.status_code == 200, response.json()
    return response.json()


def found(client: Client, query: str, **more: Any) -> list[str]:
    return [item["title"] for item in search(client, query, **more)["items"]]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("مُحَمَّد", "محمد"),
        ("محمد", "مُحَمَّد"),
        ("أحمد", "احمد"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("كتـــاب", "كتاب"),
        ("إِسْلَام", "اسلام"),
        ("Canción", "cancion"),
        ("Cancion", "CANCIÓN"),
        ("Straße", "strasse"),
        ("Işık", "isik"),
        ("Crème brûlée", "creme brulee"),
        ("Numbers", "numb"),
    ],
)
def test_a_word_is_found_in_either_spelling(client: Client, title: str, query: str) -> None:
    a_lesson(a_school("toto"), title)

    assert found(client, query) == [title]


def test_titles_come_before_bodies_and_all_words_must_be_there(client: Client) -> None:
    school = a_school("toto")
    a_lesson(school, "Drinks", body_en=[("text", RichText("<p>Tea and <b>coffee</b></p>"))])
    a_lesson(school, "Coffee", description_en="Black or white.")
    a_lesson(school, "Tagged", tags=["espresso"])

    assert found(client, "coffee") == ["Coffee", "Drinks"]
    assert found(client, "coffee tea") == ["Drinks"]
    assert found(client, "espresso") == ["Tagged"]
    assert found(client, "milk") == []


def test_a_hit_is_told_in_the_readers_language_with_the_text_around(client: Client) -> None:
    words = " ".join(["uno"] * 60)
    a_lesson(
        a_school("toto"),
        "Drinks",
        title_es="Bebidas",
        body_en=[("text", RichText("<p>Coffee, please.</p>"))],
        body_es=[("text", RichText(f"<p>{words} un café, por favor.</p>"))],
    )

    [hit] = search(client, "cafe", lang="es")["items"]
    assert hit["title"] == "Bebidas"
    assert "un café, por favor." in hit["snippet"]
    assert hit["snippet"].startswith("…")
    [other] = search(client, "coffee", lang="es")["items"]
    assert other["title"] == "Bebidas"


def test_what_one_may_not_read_is_not_found(client: Client) -> None:
    school = a_school("toto")
    a_lesson(school, "Draft secret", published=False)
    a_lesson(a_school("campus"), "Foreign secret")
    gone = a_lesson(school, "Gone secret")
    gone.unpublish()
    hidden = a_lesson(school, "Hidden secret")
    hidden.get_parent().specific.unpublish()
    an_exercise(a_lesson(school, "Open"), "Exercise secret")
    deleted = a_lesson(school, "Deleted secret")
    deleted.delete()

    assert found(client, "secret") == []


@pytest.mark.parametrize(
    "query",
    ["a AND", "title:x", "NEAR(", "x*y", "' OR 1=1 --", "a" * 200],
)
def test_no_sign_of_the_readers_reaches_the_querys_syntax(client: Client, query: str) -> None:
    a_lesson(a_school("toto"), "Words")

    assert found(client, query) == []


@pytest.mark.parametrize("query", ["", " ", '"', "-", "()", "\u0651", "\U0001f600"])
def test_a_search_without_a_word_is_told_what_to_write(client: Client, query: str) -> None:
    a_school("toto")

    response = client.get("/api/v1/content/search", {"q": query}, headers={"host": "toto.test"})

    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert response.json()["errors"] == {
        "q": ["Write a word to look for: at least one letter or digit."]
    }


def test_pages_of_hits_follow_by_cursor(client: Client) -> None:
    school = a_school("toto")
    for number in range(3):
        a_lesson(school, f"Same {number}")

    first = search(client, "same", limit=2)
    second = search(client, "same", limit=2, cursor=first["next"])

    assert [len(first["items"]), len(second["items"]), second["next"]] == [2, 1, None]
    assert len({item["id"] for item in first["items"] + second["items"]}) == 3


def test_a_search_costs_the_same_however_much_it_finds(
    client: Client, django_assert_num_queries: Any
) -> None:
    school = a_school("toto")
    lesson = a_lesson(school, "Same")
    search(client, "same")
    with django_assert_num_queries(6):
        search(client, "same")
    for number in range(5):
        a_lesson(lesson.get_parent(), f"Same {number}")
    search(client, "same")
    with django_assert_num_queries(6):
        search(client, "same")
