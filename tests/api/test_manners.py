"""The manners that every address keeps: reads, methods, bodies, cursors and limits."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lyceum.content.models import LibraryMedia
from tests.pages import a_lesson, an_exercise
from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

HOST = {"host": "toto.test"}


def cursor(*place: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).rstrip(b"=").decode()


# --- Addresses and methods ---------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/lessons"])
def test_an_address_that_is_not_there_is_a_problem(client: Client, address: str) -> None:
    response = client.get(address)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not_found"


def test_what_is_read_can_be_asked_for_by_head(client: Client) -> None:
    a_school("toto")

    for address in ("/api/v1/school", "/api/v1/content/tree", "/api/v1/health/live"):
        read, asked = client.get(address, headers=HOST), client.head(address, headers=HOST)
        assert (asked.status_code, asked.content) == (200, b"")
        assert asked["Content-Length"] == str(len(read.content))
        assert asked["ETag"] == read["ETag"]


def test_every_json_that_is_read_can_be_asked_for_again(client: Client) -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")

    for address in ("/api/v1/school", "/api/v1/me/permissions", "/api/v1/learning/progress"):
        first = ana.get(address)
        again = ana.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Cache-Control"] == "private, no-cache"
        assert {"Authorization", "Cookie"} <= set(first["Vary"].split(", "))


def test_a_page_of_another_origin_may_read_a_refused_method(client: Client) -> None:
    a_school("toto", allowed_origins=["https://app.example.test"])

    response = client.delete(
        "/api/v1/content/tree", headers={**HOST, "Origin": "https://app.example.test"}
    )

    assert response.status_code == 405
    assert response["Access-Control-Allow-Origin"] == "https://app.example.test"
    assert "X-School" in response["Vary"]


def test_a_host_with_its_last_dot_is_the_same_host(client: Client) -> None:
    a_school("toto"), a_school("campus")
    dotted = {"host": "toto.test."}

    assert client.get("/api/v1/school", headers=dotted).json()["slug"] == "toto"
    other = client.get("/api/v1/school", headers={**dotted, "X-School": "campus"})
    assert other.json()["code"] == "school_mismatch"


@pytest.mark.parametrize(
    "path", ["/api/v1/school", "/api/v1/health/live", "/_allauth/app/v1/config", "/", "/admin/"]
)
@pytest.mark.parametrize("host", ["evil.test", "toto.test/x", "a b", "toto.test:x"])
def test_a_host_that_is_not_served_is_told_so(
    client: Client, settings: Any, host: str, path: str
) -> None:
    settings.ALLOWED_HOSTS = ["toto.test"]

    response = client.get(path, headers={"host": host})

    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")
    told = response.json()
    assert (told["code"], told["detail"]) == ("host_not_served", "This host is not served here.")
    assert "evil" not in response.content.decode()


@pytest.mark.parametrize("host", ["toto.test", "elsewhere.test"])
def test_a_browser_that_asks_for_an_icon_is_answered_with_or_without_a_school(
    client: Client, host: str
) -> None:
    a_school("toto")

    response = client.get("/favicon.ico", headers={"host": host})

    assert (response.status_code, response.content) == (204, b"")
    assert response["Cache-Control"] == "public, max-age=86400"


# --- Bodies and parameters -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "text/html"])
def test_a_body_that_is_no_json_is_not_taken(kind: str) -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")

    response = ana.patch("/api/v1/me", b'{"bio": "x"}', content_type=kind)

    assert (response.status_code, response.json()["code"]) == (415, "unsupported_media_type")
    assert ana.get("/api/v1/me").json()["bio"] == ""


@pytest.mark.parametrize("is_stated", [True, False])
def test_a_body_that_is_too_large_is_told_so(is_stated: bool) -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")
    body = b'{"bio": "' + b"x" * 10_000_000 + b'"}'
    stated: Any = {} if is_stated else {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}

    response = ana.patch("/api/v1/me", body, content_type="application/json", **stated)

    assert (response.status_code, response.json()["code"]) == (413, "too_large")


def test_a_body_sent_in_chunks_is_read() -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")
    chunked: Any = {
        "CONTENT_LENGTH": "",
        "HTTP_TRANSFER_ENCODING": "chunked",
        "wsgi.input": BytesIO(b'{"bio": "x"}'),
    }

    response = ana.patch("/api/v1/me", b"", content_type="application/json", **chunked)

    assert (response.status_code, response.json()["bio"]) == (200, "x")


@pytest.mark.parametrize("body", [b'{"preferences": {"a": 1e999}}', b'{"preferences": [-1e999]}'])
def test_a_number_beyond_all_numbers_is_malformed(body: bytes) -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")

    response = ana.patch("/api/v1/me", body, content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("what", [{"a": "\0"}, {"\0": 1}, {"a": "\\\0"}])
def test_a_nul_in_free_json_is_refused_and_its_look_alike_kept(what: dict[str, Any]) -> None:
    ana = signed_in(a_learner(a_school("toto")), "toto")

    refused = ana.patch("/api/v1/me", {"preferences": what}, content_type="application/json")
    taken = ana.patch(
        "/api/v1/me", {"preferences": {"a": "\\u0000"}}, content_type="application/json"
    )

    assert (refused.status_code, taken.status_code) == (422, 200)


def test_a_parameter_sent_twice_is_refused(client: Client) -> None:
    a_school("toto")

    response = client.get("/api/v1/content/lessons?limit=1&limit=2", headers=HOST)

    assert response.status_code == 422
    assert response.json()["errors"] == {"limit": ["Send it once."]}


# --- Cursors -------------------------------------------------------------------------------------

EARLY, LATE = "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/school/invitations", (["-id"], float("inf"))),
        ("/school/invitations", (["-id"], float("nan"))),
        ("/school/cohorts", (["name", "id"], "\ud800", 1)),
        ("/school/cohorts", (["name", "id"], "\0", 1)),
        ("/school/members", (["joined_at", "id"], EARLY, 1)),
        ("/school/members", (["joined_at", "id"], LATE, 1)),
        ("/content/lessons?order=created", ("created", EARLY, "0001")),
        ("/content/lessons?order=created", ("created", LATE, "0001")),
        ("/content/lessons", ("order", "", "\0")),
    ],
)
def test_a_cursor_that_no_list_gave_is_refused(address: str, place: tuple[Any, ...]) -> None:
    admin = signed_in(a_member(a_school("toto"), "admin"), "toto")
    joint = "&" if "?" in address else "?"

    response = admin.get(f"/api/v1{address}{joint}cursor={cursor(*place)}")

    assert (response.status_code, response.json()["code"]) == (422, "cursor_invalid")


def test_a_title_with_spaces_of_every_width_can_be_paged_past(client: Client) -> None:
    school = a_school("toto")
    for title in ("A\u00a0!", "A\u200d\u2009?", "B"):
        a_lesson(school, title)
    asked = {"order": "title", "limit": "1"}

    first = client.get("/api/v1/content/lessons", asked, headers=HOST).json()
    second = client.get("/api/v1/content/lessons", {**asked, "cursor": first["next"]}, headers=HOST)
    third = client.get(
        "/api/v1/content/lessons", {**asked, "cursor": second.json()["next"]}, headers=HOST
    )

    assert (second.status_code, third.status_code) == (200, 200)
    assert third.json()["items"][0]["title"] == "B"


# --- Limits and secrets --------------------------------------------------------------------------


def test_a_schools_code_cannot_be_guessed_for_long() -> None:
    school = a_school("toto", signup_policy="code")
    guesser, other = (signed_in(a_member(a_school()), "toto") for _ in range(2))
    address, body = "/api/v1/school/membership", {"code": "GUESS1"}

    codes = [
        guesser.put(address, body, content_type="application/json").json()["code"]
        for _ in range(11)
    ]
    refused = guesser.put(address, body, content_type="application/json")

    assert codes == ["join_code_wrong"] * 10 + ["throttled"]
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 600
    assert other.put(address, body, content_type="application/json").status_code == 403
    assert school.slug == "toto"


def test_captions_of_what_is_to_be_understood_are_not_read_before_the_answer() -> None:
    school = a_school("toto")
    media = LibraryMedia.objects.create(
        title="x",
        type="audio",
        duration=3,
        file=SimpleUploadedFile("x.mp3", b"0123456789"),
        captions=SimpleUploadedFile("x.vtt", b"WEBVTT\n\n00:00.000 --> 00:03.000\nIt is seven.\n"),
        collection_id=school.collection_id,
    )
    choice = {
        "language": "en",
        "question": "Which number?",
        "options": [{"text": "7", "correct": True}, {"text": "8", "correct": False}],
        "image": {"file": None, "alt": ""},
    }
    task = {
        "language": "en",
        "audio": media,
        "transcript": "It is seven.",
        "form": [("multiple_choice", choice)],
    }
    an_exercise(a_lesson(school), task=[("listening", task)])
    learner = signed_in(a_learner(school), "toto")
    address = f"/api/v1/media/{media.uuid}/file"

    assert learner.get(address).status_code == 200
    assert learner.get(f"{address}/captions").status_code == 404

    body = [("audio", {"file": media, "caption": "", "transcript": ""})]
    a_lesson(school, body_en=body)
    assert learner.get(f"{address}/captions").status_code == 200
