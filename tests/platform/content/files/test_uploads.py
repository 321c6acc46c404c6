"""What may be put into the libraries, and what is refused."""

import struct
import wave
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from wagtail.images.fields import WagtailImageField

from lyceum.content.files.uploads import (
    AUDIO,
    DOCUMENT,
    VIDEO,
    Sort,
    check_captions,
    check_upload,
)
from lyceum.content.models import LibraryDocument, LibraryMedia
from tests.people import a_member, a_school

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n"


def a_box(name, body=b""):
    return struct.pack(">I4s", 8 + len(body), name) + body


MP4 = a_box(b"ftyp", b"isom\0\0\0\0isomavc1") + a_box(b"moov", b"\0" * 8) + a_box(b"mdat", b"\0")


def a_wav():
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(b"\0\0" * 100)
    return written.getvalue()


def an_mp3():
    return next(Path("deploy/demo").rglob("*.mp3")).read_bytes()


def test_files_that_are_what_their_names_say_are_taken():
    for sort, name, content in (
        (DOCUMENT, "a.pdf", PDF),
        (AUDIO, "a.wav", a_wav()),
        (AUDIO, "a.MP3", an_mp3()),
        (VIDEO, "a.mp4", MP4),
    ):
        check_upload(ContentFile(content, name=name), sort)


@pytest.mark.parametrize(
    ("sort", "name", "content", "told"),
    [
        (DOCUMENT, "a.svg", b"<svg/>", "These are: .pdf"),
        (DOCUMENT, "a.html", b"<html>", "These are: .pdf"),
        (DOCUMENT, "a.pdf", b"<html><script>", "something else"),
        (DOCUMENT, "a.pdf", b"%PDF-1.4 but no end", "something else"),
        (DOCUMENT, "a", PDF, "These are: .pdf"),
        (AUDIO, "a.mp3", b"MZ\x90\0 a program", "something else"),
        (AUDIO, "a.mp4", MP4, "These are: .mp3"),
        (AUDIO, "a.m4a", MP4[:20], "something else"),
        (VIDEO, "a.mp4", a_box(b"ftyp", b"isom\0\0\0\0isom"), "something else"),
        (VIDEO, "a.mp4", PDF, "something else"),
        (VIDEO, "a.mp4", b"", "something else"),
        (Sort("tiny", 10, DOCUMENT.contents), "a.pdf", PDF, "larger than"),
    ],
)
def test_files_that_are_something_else_are_refused(sort, name, content, told):
    with pytest.raises(ValidationError, match=told):
        check_upload(ContentFile(content, name=name), sort)


def test_captions_are_webvtt():
    check_captions(ContentFile(b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n", name="a.vtt"))
    for name, content in (
        ("a.srt", b"1\n00:00:00,000 --> 00:00:02,000\nHello"),
        ("a.vtt", b"<html>"),
        ("a.vtt", b"\xff\xfe\x00 --> "),
        ("a.vtt", b"WEBVTTX\n -->"),
    ):
        with pytest.raises(ValidationError):
            check_captions(ContentFile(content, name=name))


@pytest.mark.django_db
def test_the_editor_takes_good_files_under_new_names_and_says_why_not(editor_of):
    school = a_school()
    browser = editor_of(a_member(school, "content_creator"), school)

    good = browser.post(
        "/admin/media/audio/add/",
        {"title": "Hello", "file": ContentFile(an_mp3(), name="secret plan.mp3"), "duration": "1"},
    )
    bad = browser.post(
        "/admin/media/audio/add/",
        {"title": "Bad", "file": ContentFile(b"<script>", name="x.mp3"), "duration": "1"},
    )
    page = browser.post(
        "/admin/documents/add/", {"title": "Page", "file": ContentFile(b"<p>", name="a.html")}
    )
    browser.post(
        "/admin/documents/add/", {"title": "Paper", "file": ContentFile(PDF, name="a.pdf")}
    )

    assert good.status_code == 302
    kept = LibraryMedia.objects.get()
    assert kept.collection_id == school.collection_id
    assert "secret" not in kept.file.name
    assert "something else" in bad.content.decode()
    assert page.status_code == 200
    assert [document.title for document in LibraryDocument.objects.all()] == ["Paper"]


def test_an_image_of_too_many_pixels_is_refused_by_the_form():
    stream = BytesIO()
    Image.new("1", (8000, 5001)).save(stream, "PNG")

    with pytest.raises(ValidationError, match="40000000"):
        WagtailImageField().clean(SimpleUploadedFile("a.png", stream.getvalue()))
