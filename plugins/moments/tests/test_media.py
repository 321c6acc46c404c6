"""Images and videos: taken if they are what they seem, seen as their moment is."""

from __future__ import annotations

import struct
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lyceum.plugin.clock import now
from lyceum.testing.plugins import set_up
from plugins.moments.models import Media, Participant
from plugins.moments.services import media
from plugins.moments.services.media import UNUSED_FOR, clear_unused
from plugins.moments.tests.telling import MOMENTS, do, post, read

pytestmark = pytest.mark.django_db

PLACE = b"+40.4168-003.7038/"


def a_picture(side: int = 40, form: str = "JPEG") -> bytes:
    """Return an image that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    content = BytesIO()
    Image.new("RGB", (side, side), "red").save(content, form, exif=exif)
    return content.getvalue()


def a_box(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), name) + content


def a_video() -> bytes:
    """Return the boxes of an MP4 that tells where it was filmed."""
    described = a_box(b"moov", a_box(b"mvhd", b"\0" * 20) + a_box(b"udta", PLACE))
    return a_box(b"ftyp", b"isom\0\0\0\0isom") + described + a_box(b"mdat", b"film" * 10)


def send(browser: Client, content: bytes, *, expect: int = 201) -> Any:
    """Send a file for a moment; return what is answered."""
    answer = browser.post(f"{MOMENTS}/media", {"file": SimpleUploadedFile("holiday", content)})
    assert answer.status_code == expect, answer.content
    return answer.json()


def bytes_at(browser: Client, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_images_are_drawn_anew_and_shown_with_their_moment(as_ana: Client, as_ben: Client) -> None:
    first, second = send(as_ana, a_picture(40)), send(as_ana, a_picture(30, "PNG"))
    before = as_ben.get(first["src"]).status_code

    made = post(as_ana, "", media=[second["id"], first["id"]])
    shown = as_ben.get(first["src"])
    content = b"".join(shown.streaming_content)

    assert before == 404
    assert made["kind"] == "image"
    assert [media["width"] for media in made["media"]] == [30, 40]
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert PLACE not in content
    assert Image.open(BytesIO(content)).size == (40, 40)


def test_a_video_loses_what_names_a_place_and_nothing_else(as_ana: Client) -> None:
    sent = send(as_ana, a_video())
    content = bytes_at(as_ana, sent["src"])

    assert (sent["kind"], sent["content_type"]) == ("video", "video/mp4")
    assert PLACE not in content
    assert len(content) == len(a_video())
    assert content.endswith(b"film" * 10)
    assert as_ana.get(sent["src"], headers={"range": "bytes=4-7"}).status_code == 206


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"just words",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\0\0\0\x10ftypisom\0\0\0\0",
        a_picture()[:200],
    ],
)
def test_what_is_no_image_or_video_is_refused(as_ana: Client, content: bytes) -> None:
    assert send(as_ana, content, expect=422)["code"] in ("not_media", "invalid")
    assert not Media.objects.exists()


def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(as_ana: Client) -> None:
    content = BytesIO()
    Image.new("1", (6000, 6000)).save(content, "PNG")

    assert send(as_ana, content.getvalue(), expect=422)["code"] == "not_media"


def test_a_file_is_used_once_by_its_owner(as_ana: Client, as_ben: Client) -> None:
    sent = send(as_ana, a_picture())

    post(as_ben, media=[sent["id"]], expect=422)
    do(as_ben, "delete", f"/media/{sent['id']}", expect=404)
    post(as_ana, media=[sent["id"]])
    post(as_ana, media=[sent["id"]], expect=422)
    do(as_ana, "delete", f"/media/{sent['id']}", expect=409)
    assert len(read(as_ana)["items"]) == 1


def test_a_moment_has_several_images_and_videos_and_not_too_many(as_ana: Client) -> None:
    videos = [send(as_ana, a_video())["id"] for _ in range(5)]
    picture = send(as_ana, a_picture())["id"]

    post(as_ana, media=videos, expect=422)
    made = post(as_ana, media=[picture, *videos[:4]])

    assert made["kind"] == "video"
    assert [file["kind"] for file in made["media"]] == ["image", *["video"] * 4]


def test_the_file_is_as_visible_as_the_moment(as_ana: Client, as_ben: Client) -> None:
    sent = send(as_ana, a_picture())
    made = post(as_ana, media=[sent["id"]], visibility="private")

    assert as_ben.get(sent["src"]).status_code == 404
    assert as_ana.get(sent["src"]).status_code == 200
    do(as_ana, "delete", f"/{made['id']}")
    assert as_ana.get(sent["src"]).status_code == 404


def test_a_school_sets_what_media_there_may_be_and_how_much(toto: Any, as_ana: Client) -> None:
    set_up("moments", toto, media="images")
    assert send(as_ana, a_video(), expect=403)["code"] == "media_not_allowed"
    set_up("moments", toto, media="none")
    assert send(as_ana, a_picture(), expect=403)["code"] == "media_not_allowed"
    set_up("moments", toto, media_megabytes=1)
    sent = send(as_ana, a_picture())
    Participant.objects.update(media_bytes=1_000_000)
    assert send(as_ana, a_picture(), expect=409)["code"] == "media_quota_exceeded"
    do(as_ana, "delete", f"/media/{sent['id']}")
    assert Participant.objects.get().media_bytes == 1_000_000 - sent["size"]


@pytest.mark.django_db(transaction=True)
def test_unused_files_go_after_a_day(toto: Any, as_ana: Client) -> None:
    used, unused = send(as_ana, a_picture()), send(as_ana, a_picture())
    post(as_ana, media=[used["id"]])
    file = Media.objects.get(uuid=unused["id"]).file
    later = now() + UNUSED_FOR + timedelta(minutes=1)

    gone = [clear_unused(school_id=toto.id, at=at) for at in (now(), later)]

    assert gone == [0, 1]
    assert not file.storage.exists(file.name)
    assert as_ana.get(used["src"]).status_code == 200


def test_who_is_gone_meanwhile_leaves_no_file(
    toto: Any, ana: Any, as_ana: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(actor: Any, size: int) -> None:
        pytest.fail("It would be stored.")

    def go(file: Any) -> Any:
        type(ana).objects.filter(pk=ana.pk).delete()
        return redrawn(file)

    redrawn = media.redrawn
    monkeypatch.setattr(media, "redrawn", go)
    monkeypatch.setattr(media, "_take_room", too_late)

    answer = as_ana.post(f"{MOMENTS}/media", {"file": SimpleUploadedFile("x", a_picture())})

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
