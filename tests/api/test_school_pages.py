"""A school's pages hold what the API tells this reader, and no script of their own."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lyceum.schools.current import CurrentSchool
from lyceum.schools.settings import change_school
from lyceum.testing.plugins import switch_off, switch_on
from lyceum.theming.looks import themes
from tests.pages import a_category, a_lesson, a_subcategory
from tests.people import a_learner, a_member, a_school

pytestmark = pytest.mark.django_db

HOST = {"host": "toto.test"}
# What the playful theme says of its own.
OWN_WORDS = ("back", "finished", "listen", "next", "right", "start", "try-again", "well-done")


class Page(HTMLParser):
    """What of a page matters here: its scripts, its styles, and the answer that it brings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.styles: list[str] = []
        self.attributes: list[str] = []
        self.text: list[str] = []
        self._in: str = ""
        self.first: dict[str, Any] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.attributes += given
        self._in = "first" if given.get("id") == "first" else tag
        if tag == "script":
            self.scripts.append(given)
        if tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "first":
            self.first = json.loads(data)
        elif self._in not in ("script", "style"):
            self.text.append(data)


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", catalogue="public", languages=["en", "ar"])


@pytest.fixture
def path(school: CurrentSchool) -> str:
    """The address of a lesson, in English and Arabic."""
    category = a_category(school, "English", slug="english")
    subcategory = a_subcategory(category, "Verbs", slug="verbs")
    a_lesson(
        subcategory,
        "To be",
        slug="to-be",
        title_ar="فعل الكون",
        body_en=[("text", "<p>I am here.</p>"), ("callout", {"tone": "tip", "text": "</script>"})],
        body_ar=[("text", "<p>أنا هنا.</p>")],
    )
    return "/learn/english/verbs/to-be"


def show(path: str, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).get(path, headers={**HOST, **headers})


def the_address_of(page: Any) -> str:
    """Return where a page is shown: the slugs from the school's root on."""
    _, _school, *slugs = page.url_path.rstrip("/").split("/")
    return "/".join(["/learn", *slugs])


def test_a_lesson_s_text_is_in_the_first_html_and_its_document_with_it(path: str) -> None:
    response = show(path)
    page = Page(response.content.decode())

    assert response.status_code == 200
    assert "I am here." in "".join(page.text)
    answer = Client().get(page.first["address"], headers=HOST).json()
    assert page.first["answer"] == answer
    assert answer["title"] == "To be"


def test_no_script_or_style_is_written_into_a_page(path: str) -> None:
    response = show(path)
    page = Page(response.content.decode())
    policy = response["Content-Security-Policy"]

    assert all(given.get("src") or given["type"] == "application/json" for given in page.scripts)
    assert "style" not in page.attributes
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


def test_every_file_that_a_page_names_is_there_and_never_changes(path: str) -> None:
    html = show(path).content.decode()
    named = re.findall(r'(?:href|src)="(/_themes/[^"]+)"', html)

    assert len(named) >= 4
    for address in named:
        file = show(address)
        assert file.status_code == 200
        assert "immutable" in file["Cache-Control"]
        assert show(address.replace("/_themes/", "/_themes/x")).status_code == 404


def test_what_can_be_packed_is_packed_for_those_who_unpack_it(path: str) -> None:
    (address,) = re.findall(r'src="(/_themes/[^"]+)"', show(path).content.decode())

    plain, packed = show(address), show(address, **{"accept-encoding": "gzip, br"})

    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2


def test_a_page_is_in_the_reader_s_language_and_direction(path: str) -> None:
    in_arabic = show(path, **{"accept-language": "ar"})
    asked_for = show(f"{path}?lang=ar", **{"accept-language": "en"})

    for response in (in_arabic, asked_for):
        html = response.content.decode()
        assert '<html lang="ar" dir="rtl">' in html
        assert "أنا هنا." in html


def test_a_page_is_in_the_language_and_the_light_that_the_reader_chose(path: str) -> None:
    chosen = {"cookie": "lyceum_language=ar; lyceum_appearance=dark"}
    odd = {"cookie": "lyceum_language=xx; lyceum_appearance=sepia"}

    for address in (path, "/search"):
        assert '<html lang="ar" dir="rtl" data-dark>' in show(address, **chosen).content.decode()
        assert '<html lang="en" dir="ltr">' in show(address, **odd).content.decode()
    assert Page(show(path, **chosen).content.decode()).first["answer"]["title"] == "فعل الكون"
    # What the address asks for comes before what was chosen some day.
    assert '<html lang="en"' in show(f"{path}?lang=en", **chosen).content.decode()


def test_a_screen_without_content_is_in_the_reader_s_language(path: str) -> None:
    assert (
        '<html lang="ar" dir="rtl">'
        in show("/search", **{"accept-language": "ar"}).content.decode()
    )


def test_the_first_page_holds_the_catalogue(path: str) -> None:
    html = show("/").content.decode()

    assert '<a href="/learn/english">English</a>' in html
    assert f'<a href="{path}">To be</a>' in html


def test_what_is_not_there_is_said_in_the_school_s_dress(path: str) -> None:
    for unknown in ("/learn/english/verbs/nothing", "/learn/nobody", "/moments", "/nothing"):
        response = show(unknown)
        assert response.status_code == 404
        assert '<div id="app">' in response.content.decode()


def test_another_school_s_page_is_not_there(path: str) -> None:
    a_school("campus", catalogue="public")

    response = Client().get(path, headers={"host": "campus.test"})

    assert response.status_code == 404
    assert "I am here." not in response.content.decode()


def test_of_a_school_for_members_only_a_stranger_is_shown_nothing() -> None:
    school = a_school("toto", catalogue="members")
    path = the_address_of(a_lesson(school, "To be", body_en=[("text", "<p>I am here.</p>")]))
    member, stranger = Client(), Client()
    member.force_login(a_learner(school))
    stranger.force_login(a_learner(a_school("campus")))

    answers = [show(path), show(path, stranger), show(path, member)]

    assert [answer.status_code for answer in answers] == [401, 403, 200]
    assert ["I am here." in answer.content.decode() for answer in answers] == [False, False, True]


def test_a_plugin_s_screens_are_there_where_it_is_in_force(school: CurrentSchool) -> None:
    unknown = show("/nothing")
    switch_on("probe", school)
    on = show("/probe")
    switch_off("probe", school)
    off = show("/probe")

    assert on.status_code == 200
    assert off.status_code == unknown.status_code == 404
    assert off.content == unknown.content


def test_a_page_costs_what_the_api_s_answer_costs_and_one_query_to_find_it(
    path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    show(path)
    with django_assert_max_num_queries(4):
        show(path)


def test_the_service_worker_is_at_the_root_and_may_ask_the_school_alone(path: str) -> None:
    worker = show("/service-worker.js")

    assert worker.status_code == 200
    assert worker["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert worker["Cache-Control"] == "no-cache"


def test_a_phone_can_have_the_school_among_its_apps(school: CurrentSchool) -> None:
    told = json.loads(show("/manifest.webmanifest").content)

    assert told["name"] == school.name
    assert told["display"] == "standalone"
    assert told["icons"]
    for icon in told["icons"]:
        assert show(icon["src"]).status_code == 200


@pytest.mark.parametrize("theme", sorted(themes.found))
def test_every_language_of_a_front_end_says_all_that_english_says(theme: str) -> None:
    files = themes.found[theme].files
    english = set(json.loads(files["words/en.json"].content))
    for name in ("words/es.json", "words/ar.json"):
        words = json.loads(files[name].content)
        assert english - set(words) == set()
        assert all(words.values())


def test_a_school_in_the_playful_theme_has_its_words_to_hear_and_all_files_of_its_pages(
    school: CurrentSchool, path: str
) -> None:
    change_school(actor=a_member(school, "manager"), school=school, changes={"theme": "playful"})
    html = show(path).content.decode()
    named = re.findall(r'(?:href|src)="(/_themes/[^"]+)"', html)
    (app,) = [address for address in named if address.endswith("/app.joined.js")]
    sounds = [name for name in themes.found["playful"].files if name.startswith("sounds/")]

    assert "/_themes/playful/" in app
    assert {show(address).status_code for address in named} == {200}
    for language in ("en", "es", "ar"):
        there = {name.split("/")[2] for name in sounds if name.startswith(f"sounds/{language}/")}
        assert there == {f"{word}.mp3" for word in OWN_WORDS}
    for name in sounds:
        file = show(app.replace("app.joined.js", name))
        assert (file.status_code, file["Content-Type"]) == (200, "audio/mpeg")
        assert len(file.content) > 2000
