"""Files over the API: seen by those who may read what shows them, whole or in parts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from wagtail.images.tests.utils import get_test_image_file

from lyceum.accounts.models import User
from lyceum.content.models import LibraryDocument, LibraryImage, LibraryMedia, Recording
from lyceum.kernel.clock import now
from lyceum.learning.models import Attempt
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Cohort
from tests.pages import a_category, a_lesson
from tests.people import a_learner, a_member, a_program, a_school, a_token, signed_in

pytestmark = pytest.mark.django_db

HOST = {"host": "toto.test"}
WEBM = (
    b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm"
    + b"x" * 50
)


def audio(school: CurrentSchool, content: bytes = b"0123456789") -> LibraryMedia:
    media: LibraryMedia = LibraryMedia.objects.create(
        title="The answer is 7",
        type="audio",
        duration=3,
        transcript="The answer is 7",
        file=SimpleUploadedFile("the-answer-is-7.mp3", content),
        collection_id=school.collection_id,
    )
    return media


def shown(school: CurrentSchool, media: LibraryMedia, **fields: Any) -> Any:
    body = [("audio", {"file": media, "caption": "", "transcript": ""})]
    return a_lesson(school, body_en=body, **fields)


def read(client: Client, media: Any, tail: str = "/file", **headers: str) -> Any:
    return client.get(f"/api/v1/media/{media.uuid}{tail}", headers={**HOST, **headers})


def test_a_file_is_seen_where_the_page_that_shows_it_is(client: Client) -> None:
    school = a_school("toto")
    media, unused = audio(school), audio(school)
    shown(school, media)
    shown(school, unused, published=False)

    response = read(client, media)

    assert b"".join(response) == b"0123456789"
    assert response["Content-Type"] == "audio/mpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "answer" not in str(response.headers)
    assert read(client, unused).status_code == 404
    assert read(signed_in(a_learner(school), "toto"), unused).status_code == 404
    assert read(signed_in(a_member(school, "teacher"), "toto"), unused).status_code == 200
    stranger = signed_in(a_member(a_school("campus"), "admin"), "toto")
    assert read(stranger, unused).status_code == 404
    assert read(client, type(media)(uuid=uuid4())).status_code == 404


def test_a_description_tells_no_title_and_no_transcript(client: Client) -> None:
    school = a_school("toto")
    media = audio(school)
    shown(school, media)

    told = read(client, media, "")

    assert told.json() == {
        "id": str(media.uuid),
        "kind": "audio",
        "content_type": "audio/mpeg",
        "size": 10,
        "src": f"/api/v1/media/{media.uuid}/file",
        "width": 0,
        "height": 0,
        "seconds": 3.0,
    }


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
        (f"bytes={'9' * 5000}-", 200, b"0123456789", None),
        (f"bytes=-{'9' * 5000}", 200, b"0123456789", None),
    ],
)
def test_a_part_of_a_file_is_sent_alone(
    client: Client, asked: str, status: int, body: bytes, told: str | None
) -> None:
    school = a_school("toto")
    media = audio(school)
    shown(school, media)

    response = read(client, media, range=asked)

    assert (response.status_code, b"".join(response)) == (status, body)
    assert response.get("Content-Range") == told
    assert response["Content-Length"] == str(len(body))


def test_a_part_beyond_the_end_is_a_problem_and_a_changed_file_comes_whole(client: Client) -> None:
    school = a_school("toto")
    media = audio(school)
    shown(school, media)

    beyond = read(client, media, range="bytes=10-")
    assert (beyond.status_code, beyond.json()["code"]) == (416, "range_not_satisfiable")
    assert read(client, media, **{"range": "bytes=0-1", "if-range": '"old"'}).status_code == 200
    tag = read(client, media)["ETag"]
    assert read(client, media, **{"range": "bytes=0-1", "if-range": tag}).status_code == 206
    assert read(client, media, **{"if-none-match": tag}).status_code == 304


def test_an_image_comes_in_smaller_sizes_too(client: Client) -> None:
    school = a_school("toto")
    image = LibraryImage.objects.create(
        title="I", file=get_test_image_file(size=(640, 480)), collection_id=school.collection_id
    )
    category = a_category(school, image=image)

    told = client.get(f"/api/v1/content/categories/{category.uuid}", headers=HOST).json()["image"]

    assert told["renditions"] == [
        {"width": 320, "height": 240, "src": f"/api/v1/media/{image.uuid}/file/w320"}
    ]
    small = client.get(told["renditions"][0]["src"], headers=HOST)
    assert (small.status_code, small["Content-Type"]) == (200, "image/png")
    assert b"".join(small)
    assert read(client, image, "/file/w9").status_code == 404


@pytest.mark.parametrize("rendition", ["", "/w320"])
def test_an_image_whose_file_is_gone_is_not_found(client: Client, rendition: str) -> None:
    school = a_school("toto")
    image = LibraryImage.objects.create(
        title="I", file=get_test_image_file(size=(640, 480)), collection_id=school.collection_id
    )
    a_category(school, image=image)
    image.file.delete(save=False)

    response = read(client, image, f"/file{rendition}")

    assert response.status_code == 404
    assert response.json()["code"] == "not_found"


def test_what_a_browser_could_run_is_an_attachment_in_a_sandbox() -> None:
    school = a_school("toto")
    page = LibraryDocument.objects.create(
        title="D",
        file=SimpleUploadedFile("page.html", b"<script>alert(1)</script>"),
        collection_id=school.collection_id,
    )

    response = read(signed_in(a_member(school, "teacher"), "toto"), page)

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Security-Policy"] == "sandbox"
    assert b"".join(response)


def hand_in(client: Client, content: bytes = WEBM) -> Any:
    return client.post(
        "/api/v1/media",
        {"file": SimpleUploadedFile("me.webm", content, "audio/webm")},
        headers={"x-csrftoken": ""},
    )


def test_a_recording_is_heard_by_its_owner_and_taken_back() -> None:
    school = a_school("toto")
    learner = signed_in(a_learner(school), "toto")

    response = hand_in(learner)

    assert response.status_code == 201, response.content
    told = response.json()
    assert (told["content_type"], told["size"]) == ("audio/webm", len(WEBM))
    assert response["Location"] == f"/api/v1/media/{told['id']}"
    recording = Recording.objects.get(uuid=told["id"])
    assert b"".join(read(learner, recording)) == WEBM
    colleague, stranger = (
        signed_in(a_learner(school), "toto"),
        signed_in(a_member(a_school("campus"), "admin"), "toto"),
    )
    for other in (colleague, stranger, Client()):
        assert read(other, recording).status_code == 404
        assert other.delete(f"/api/v1/media/{told['id']}", headers=HOST).status_code in (
            401,
            403,
            404,
        )
    assert learner.delete(f"/api/v1/media/{told['id']}").status_code == 204
    assert read(learner, recording).status_code == 404


@pytest.mark.parametrize(
    "content", [b"", b"<html>", b"\x89PNG\r\n\x1a\n", b"RIFF1234AVI ", b"\x1a\x45\xdf\xa3matroska"]
)
def test_what_is_no_sound_is_refused(content: bytes) -> None:
    response = hand_in(signed_in(a_learner(a_school("toto")), "toto"), content)

    assert response.status_code == 422
    assert response.json()["code"] in {"not_a_recording", "invalid"}
    assert not Recording.objects.exists()


def test_a_recording_is_heard_by_those_who_teach_the_learner_and_by_managers() -> None:
    school = a_school("toto")
    learner = a_learner(school, is_child=True)
    hers, colleague = a_member(school, "teacher"), a_member(school, "teacher")
    cohort = Cohort.objects.create(school_id=school.id, name="Kites")
    cohort.members.add(learner.memberships.get())
    cohort.teachers.add(hers.memberships.get())
    recording = Recording.objects.get(uuid=hand_in(signed_in(learner, "toto")).json()["id"])

    def status(user: User) -> int:
        return int(read(signed_in(user, "toto"), recording).status_code)

    assert status(hers) == status(a_member(school, "manager")) == 200
    assert status(colleague) == 404
    assert status(a_member(school, "content_creator")) == 404
    assert status(a_member(a_school("campus"), "manager")) == 404


@pytest.mark.parametrize("role", ["moderator", "content_creator"])
def test_who_teaches_no_more_hears_no_more(role: str) -> None:
    school = a_school("toto")
    learner, teacher = a_learner(school, is_child=True), a_member(school, "teacher")
    place = teacher.memberships.get()
    cohort = Cohort.objects.create(school_id=school.id, name="Kites")
    cohort.members.add(learner.memberships.get())
    cohort.teachers.add(place)
    recording = Recording.objects.get(uuid=hand_in(signed_in(learner, "toto")).json()["id"])
    before = read(signed_in(teacher, "toto"), recording).status_code

    place.roles = frozenset({role})
    place.save()

    assert before == 200
    assert read(signed_in(teacher, "toto"), recording).status_code == 404


def test_a_token_for_the_catalogue_does_not_hear_a_learner() -> None:
    school = a_school("toto")
    learner, manager = a_learner(school, is_child=True), a_member(school, "manager")
    recording = Recording.objects.get(uuid=hand_in(signed_in(learner, "toto")).json()["id"])

    def statuses(*scopes: str) -> list[int]:
        program = a_program(a_token(manager, school, *scopes), "toto")
        tails = ("", "/file")
        address = f"/api/v1/media/{recording.uuid}"
        return [program.get(f"{address}{tail}").status_code for tail in tails]

    assert statuses("content:read") == statuses("content:read", "learning:write") == [404, 404]
    assert statuses("content:read", "learning:read") == [200, 200]


def test_a_page_hands_in_a_recording_by_its_cookie() -> None:
    ana = a_learner(a_school("toto"), email="ana@example.test")
    browser = Client(enforce_csrf_checks=True, headers=HOST)
    browser.force_login(ana)
    browser.get("/_allauth/browser/v1/config")
    token = browser.cookies["csrftoken"].value

    def hand_in(**headers: str) -> Any:
        form = {"file": SimpleUploadedFile("recording.webm", WEBM)}
        return browser.post("/api/v1/media", form, headers=headers)

    refused, taken = hand_in(), hand_in(**{"X-CSRFToken": token})

    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")
    assert taken.status_code == 201
    assert Recording.objects.get().owner == ana


def test_a_recording_that_is_in_an_answer_stays() -> None:
    school = a_school("toto")
    person = a_learner(school)
    learner = signed_in(person, "toto")
    told = hand_in(learner).json()
    lesson = a_lesson(school)
    Attempt.objects.create(
        school_id=school.id,
        user=person,
        exercise_id=lesson.pk,
        kind="voice_response",
        number=1,
        answer={"recording": told["id"]},
        status="needs_review",
        answered_at=now(),
    )

    response = learner.delete(f"/api/v1/media/{told['id']}")

    assert (response.status_code, response.json()["code"]) == (409, "recording_in_use")


def test_who_filled_their_room_makes_some_first(settings: Any) -> None:
    settings.LYCEUM_RECORDINGS_OF_A_PERSON = len(WEBM)
    school = a_school("toto")
    learner, colleague = (signed_in(a_learner(school), "toto") for _ in range(2))
    first = hand_in(learner).json()

    refused = hand_in(learner)
    settings.LYCEUM_RECORDINGS_OF_A_SCHOOL = len(WEBM)
    refused_too = hand_in(colleague)

    for refusal in (refused, refused_too):
        assert (refusal.status_code, refusal.json()["code"]) == (409, "quota_exceeded")
    assert Recording.objects.count() == 1
    learner.delete(f"/api/v1/media/{first['id']}")
    assert hand_in(colleague).status_code == 201


def test_a_recording_sent_again_in_a_new_form_is_the_same_one() -> None:
    learner = signed_in(a_learner(a_school("toto")), "toto")

    def send(content: bytes) -> Any:
        form = {"file": SimpleUploadedFile("me.webm", content, "audio/webm")}
        boundary = f"boundary-{uuid4()}"
        return learner.post(
            "/api/v1/media",
            encode_multipart(boundary, form),
            content_type=f"multipart/form-data; boundary={boundary}",
            headers={"Idempotency-Key": "a-recording"},
        )

    first, again, another = send(WEBM), send(WEBM), send(WEBM + b"x")

    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again["Idempotent-Replayed"]) == (first.json(), "true")
    assert another.json()["code"] == "idempotency_mismatch"
    assert Recording.objects.count() == 1


def test_what_can_be_read_says_that_it_can_be_asked_for_by_head(client: Client) -> None:
    a_school("toto")

    for address in ("/api/v1/school/cohorts", f"/api/v1/media/{uuid4()}"):
        allowed = set(client.post(address, headers=HOST)["Allow"].split(", "))
        assert {"GET", "HEAD"} <= allowed
