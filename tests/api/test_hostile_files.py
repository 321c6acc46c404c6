"""Files that are made to do harm: by their contents, their names, and how they are asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from lyceum.accounts.models import User
from lyceum.content.models import LibraryDocument, LibraryImage, LibraryMedia, Recording
from lyceum.schools.current import CurrentSchool
from tests.pages import a_category, a_lesson
from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

HTML = b"<!doctype html><html><script>alert(document.domain)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;" + HTML
PDF = b"%PDF-1.4\n" + HTML + b"\n%%EOF\n"
WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm" + HTML
HOST = {"host": "toto.test"}

NAMES = [
    'a".html; filename="b',
    "a\r\nSet-Cookie: x=1\r\n\r\n<script>.svg",
    "../../../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "photo\u202egpj.html",
    "x" * 300 + ".html",
    "a\0.html",
    "",
    ".htaccess",
    "a.html\u2028",
    "a.h\"t'm;l",
    "a.\u0444\u0430\u0439\u043b",
]


def hand_in(client: Client, content: bytes, name: str, mime: str) -> Any:
    return client.post("/api/v1/media", {"file": SimpleUploadedFile(name, content, mime)})


def posted(client: Client, content: bytes, *, name: str, mime: str) -> Any:
    """Send a form whose file name is written as it is, as no browser would."""
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
    body = head.encode() + f"Content-Type: {mime}\r\n\r\n".encode() + content + b"\r\n--b--\r\n"
    return client.post("/api/v1/media", body, content_type="multipart/form-data; boundary=b")


def is_harmless(response: Any) -> None:
    """Check that no browser could take an answer for a page."""
    assert response["X-Content-Type-Options"] == "nosniff"
    kind = response["Content-Type"]
    assert not re.search(r"html|xml|svg|script|text/plain", kind), kind
    told = response["Content-Disposition"]
    assert re.fullmatch(r'inline|attachment; filename="file(\.[a-z0-9]{1,9})?"', told), told


def stored_below_media() -> set[Path]:
    root = Path(settings.MEDIA_ROOT)
    return {path for path in root.rglob("*") if path.is_file()}


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("content", [HTML, SVG, b"\xef\xbb\xbf" + HTML, b"\n \n" + SVG])
@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.svg", "image/svg+xml"),
        ("a.html", "text/html"),
        ("a.webm", "audio/webm"),
        ("a.mp3", "audio/mpeg"),
        ("a.png", "image/png"),
    ],
)
def test_pages_and_drawings_are_no_recordings_whatever_they_call_themselves(
    content: bytes, name: str, mime: str
) -> None:
    learner = signed_in(a_learner(a_school("toto")), "toto")

    response = hand_in(learner, content, name, mime)

    assert (response.status_code, response.json()["code"]) == (422, "not_a_recording")
    assert not Recording.objects.exists()


@pytest.mark.parametrize("content", [HTML, SVG])
@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.png", "a.gif", "a.webp", "a.jpg"])
def test_pages_and_drawings_are_no_face(content: bytes, name: str) -> None:
    learner = signed_in(a_learner(a_school("toto")), "toto")

    response = learner.put(
        "/api/v1/me/avatar",
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="'
        + name.encode()
        + b'"\r\nContent-Type: image/png\r\n\r\n'
        + content
        + b"\r\n--b--\r\n",
        content_type="multipart/form-data; boundary=b",
    )

    assert response.status_code == 422, response.content


@pytest.mark.parametrize("content", [HTML, SVG])
@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.png", "a.jpg.svg", "a.svg.png", "a.PNG"])
def test_the_editor_takes_no_drawing_and_no_page_as_a_picture(content: bytes, name: str) -> None:
    school = a_school("toto")
    creator = signed_in(a_member(school, "content_creator"), "toto")
    before = stored_below_media()

    page = creator.post(
        "/admin/images/add/",
        {"title": "A", "file": SimpleUploadedFile(name, content, "image/png")},
    )

    assert page.status_code == 200
    assert not LibraryImage.objects.exists()
    assert stored_below_media() == before


# --- Files of two kinds at once ------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.webm", "a.html", "a.svg", "a.webm.html"])
def test_a_sound_that_is_a_page_too_is_served_as_a_sound(name: str) -> None:
    learner = signed_in(a_learner(a_school("toto")), "toto")

    told = hand_in(learner, WEBM, name, "text/html").json()
    response = learner.get(told["src"])

    assert response["Content-Type"] == "audio/webm"
    assert b"".join(response) == WEBM
    is_harmless(response)


@pytest.mark.parametrize(
    ("model", "name", "content"),
    [
        (LibraryDocument, "a.pdf", PDF),
        (LibraryDocument, "a.gif", GIF),
        (LibraryDocument, "a.html", GIF),
        (LibraryDocument, "a.xhtml", PDF),
        (LibraryDocument, "a.svg", SVG),
        (LibraryDocument, "a.xml", SVG),
        (LibraryDocument, "a.js", b"alert(document.domain)"),
        (LibraryDocument, "a", HTML),
        (LibraryMedia, "a.webm", WEBM),
        (LibraryMedia, "a.html", WEBM),
    ],
)
def test_what_got_into_a_library_is_never_served_as_a_page(
    model: Any, name: str, content: bytes
) -> None:
    school = a_school("toto")
    kept = model.objects.create(
        title="A", file=ContentFile(content, name=name), collection_id=school.collection_id
    )
    teacher = signed_in(a_member(school, "teacher"), "toto")

    for headers in ({}, {"range": "bytes=9-"}, {"if-none-match": '"x"'}):
        response = teacher.get(f"/api/v1/media/{kept.uuid}/file", headers=headers)
        assert b"".join(response)
        is_harmless(response)
        if response["Content-Type"] == "application/octet-stream":
            assert response["Content-Disposition"].startswith("attachment")
            assert response["Content-Security-Policy"] == "sandbox"


# --- Names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_a_recordings_name_is_nowhere_in_the_answer_nor_on_the_disk(name: str) -> None:
    learner = signed_in(a_learner(a_school("toto")), "toto")
    before = stored_below_media()

    response = posted(learner, WEBM, name=name, mime="audio/webm")

    new = stored_below_media() - before
    if response.status_code != 201:
        assert (response.status_code, new) == (422, set()), response.content
        return
    recording = Recording.objects.get()
    assert [path.name for path in new] == [Path(str(recording.file.name)).name]
    assert re.fullmatch(r"[\w/.-]{1,100}", str(recording.file.name))
    answer = learner.get(response.json()["src"])
    is_harmless(answer)
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("model", [LibraryDocument, LibraryMedia])
def test_a_librarys_name_stays_in_its_folder_and_out_of_the_headers(model: Any, name: str) -> None:
    school = a_school("toto")
    before = stored_below_media()
    file = ContentFile(PDF)
    file.name = name or "x"

    kept = model.objects.create(title="A", file=file, collection_id=school.collection_id)

    assert len(stored_below_media() - before) == 1
    assert re.fullmatch(r"[\w/.-]{1,100}", kept.file.name), kept.file.name
    assert ".." not in kept.file.name
    teacher = signed_in(a_member(school, "teacher"), "toto")
    is_harmless(teacher.get(f"/api/v1/media/{kept.uuid}/file"))


# --- Addresses -----------------------------------------------------------------------------------


def a_picture(school: CurrentSchool) -> LibraryImage:
    image: LibraryImage = LibraryImage.objects.create(
        title="I", file=get_test_image_file(size=(640, 480)), collection_id=school.collection_id
    )
    return image


def test_a_smaller_picture_of_another_school_is_as_one_that_nobody_has(client: Client) -> None:
    school, other = a_school("toto"), a_school("campus")
    image, theirs = a_picture(school), a_picture(other)
    a_category(school, image=image), a_category(other, image=theirs)
    people: list[User] = [a_learner(school), a_member(school, "admin"), a_member(other, "admin")]
    clients = [client, *(signed_in(person, "toto") for person in people)]

    for asking in clients:
        for tail in ("", "/file", "/file/w320"):
            own = asking.get(f"/api/v1/media/{image.uuid}{tail}", headers=HOST)
            assert own.status_code == 200
            found = asking.get(f"/api/v1/media/{theirs.uuid}{tail}", headers=HOST)
            nobodys = asking.get(
                f"/api/v1/media/01990000-0000-7000-8000-000000000000{tail}", headers=HOST
            )
            assert (found.status_code, found.json()) == (404, nobodys.json())


@pytest.mark.parametrize(
    "tail",
    [
        "/file/%2e%2e/%2e%2e/secret",
        "/file/..%2f..%2fetc%2fpasswd",
        "/file//w320",
        "//file",
        "/file/w320%00",
        "/file%00",
        "/file/%2e%2e",
        "/file/w320/../w320",
        "/file/w320.png",
        "/file/w320/",
        "/file/width-320",
        "/file/captions",
        "%2ffile%2fw320%2f..",
        "/file/" + quote("w320\u202e"),
        "/file/" + "w" * 5000,
    ],
)
def test_tricks_with_an_address_lead_nowhere(tail: str) -> None:
    school = a_school("toto")
    image = a_picture(school)
    teacher = signed_in(a_member(school, "teacher"), "toto")

    response = teacher.get(f"/api/v1/media/{image.uuid}{tail}")

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not_found"


# --- What is no more -----------------------------------------------------------------------------


def test_what_was_shown_by_a_page_goes_with_the_page_and_with_itself(client: Client) -> None:
    school = a_school("toto")
    learner = signed_in(a_learner(school), "toto")
    sounds = [
        LibraryMedia.objects.create(
            title="A",
            type="audio",
            duration=1,
            file=ContentFile(b"0123456789", name="a.mp3"),
            collection_id=school.collection_id,
        )
        for _ in range(3)
    ]
    lessons = [
        a_lesson(school, body_en=[("audio", {"file": sound, "caption": "", "transcript": ""})])
        for sound in sounds
    ]

    def statuses() -> list[int]:
        return [
            asking.get(f"/api/v1/media/{sound.uuid}{tail}", headers=HOST).status_code
            for sound in sounds
            for asking in (learner, client)
            for tail in ("", "/file")
        ]

    before = statuses()
    lessons[0].delete()
    lessons[1].unpublish()
    sounds[2].delete()

    assert set(before) == {200}
    assert set(statuses()) == {404}


def test_a_picture_that_was_deleted_takes_its_smaller_ones_with_it(client: Client) -> None:
    school = a_school("toto")
    image = a_picture(school)
    category = a_category(school, image=image)
    address = f"/api/v1/media/{image.uuid}/file/w320"

    before = client.get(address, headers=HOST).status_code
    category.delete()
    without_its_page = client.get(address, headers=HOST).status_code
    image.delete()

    assert (before, without_its_page) == (200, 404)
    assert signed_in(a_member(school, "teacher"), "toto").get(address).status_code == 404


def test_a_file_whose_bytes_are_gone_is_not_there() -> None:
    school = a_school("toto")
    kept = LibraryDocument.objects.create(
        title="A", file=ContentFile(PDF, name="a.pdf"), collection_id=school.collection_id
    )
    kept.file.storage.delete(kept.file.name)
    teacher = signed_in(a_member(school, "teacher"), "toto")

    response = teacher.get(f"/api/v1/media/{kept.uuid}/file")

    assert (response.status_code, response.json()["code"]) == (404, "not_found")
