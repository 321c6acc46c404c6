"""Files in a bucket of a server that speaks S3: who may read them is sent there, for a while."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from wagtail.images.tests.utils import get_test_image_file

from deploy.storage import stores
from lyceum.content.models import LibraryDocument, LibraryImage
from tests.pages import a_lesson
from tests.people import a_learner, a_member, a_school, signed_in
from tests.services.servers import s3_server

pytestmark = pytest.mark.django_db

WEBM = b"\x1a\x45\xdf\xa3\x9fB\x86\x81\x01B\xf7\x81\x01B\xf2\x81\x04B\xf3\x81\x08B\x82\x84webm" + (
    b"x" * 50
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with s3_server(tmp_path_factory.mktemp("s3")) as running:
        yield running


@pytest.fixture
def bucket(address: str, settings: Any) -> Iterator[str]:
    """Keep files in a bucket for the length of a test, as an instance that names one does."""
    settings.STORAGES = stores(
        {
            "LYCEUM_S3_BUCKET": "lyceum-files",
            "LYCEUM_S3_ENDPOINT": address,
            "LYCEUM_S3_REGION": "eu-central-1",
            "LYCEUM_S3_ACCESS_KEY": "key",
            "LYCEUM_S3_SECRET_KEY": "secret",
        }
    )
    service: Any = default_storage
    place = {"LocationConstraint": "eu-central-1"}
    service.connection.create_bucket(
        Bucket="lyceum-files", CreateBucketConfiguration=place, ACL="private"
    )
    yield address
    service.bucket.objects.all().delete()
    service.bucket.delete()
    service.connection.meta.client.close()


def fetched(address: str, **headers: str) -> tuple[int, bytes, Any]:
    """Return what a browser that follows a redirect gets: it sends no cookie and no token there."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read(), response.headers
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, b"", refusal.headers


def read(client: Client, uuid: UUID | str, tail: str = "") -> Any:
    return client.get(f"/api/v1/media/{uuid}/file{tail}", headers={"host": "toto.test"})


def test_an_image_is_read_from_the_bucket_by_a_member_and_not_by_a_stranger(bucket: str) -> None:
    school = a_school("toto", catalogue="members")
    image = LibraryImage.objects.create(
        title="I", file=get_test_image_file(size=(640, 480)), collection_id=school.collection_id
    )
    a_lesson(school, body_en=[("image", {"file": image, "alt": "A", "caption": ""})])
    member = signed_in(a_learner(school), "toto")
    stranger = signed_in(a_member(a_school("campus"), "admin"), "toto")

    sent_on = read(member, image.uuid)
    smaller = read(member, image.uuid, "/w320")

    assert (sent_on.status_code, smaller.status_code) == (302, 302)
    assert sent_on["Cache-Control"] == "private, no-store"
    assert sent_on["Location"].startswith(f"{bucket}/lyceum-files/original_images/")
    signed = parse_qs(urlsplit(sent_on["Location"]).query)
    assert int(signed["X-Amz-Expires"][0]) <= 300
    status, body, headers = fetched(sent_on["Location"])
    with image.file.storage.open(image.file.name) as kept:
        assert (status, body) == (200, kept.read())
    assert headers["Content-Type"] == "image/png"
    assert fetched(smaller["Location"])[1].startswith(b"\x89PNG")
    assert read(stranger, image.uuid).status_code == 403
    assert read(Client(), image.uuid).status_code == 401


def test_a_recording_is_heard_by_its_owner_in_parts_and_taken_back(bucket: str) -> None:
    school = a_school("toto")
    learner = signed_in(a_learner(school), "toto")
    colleague = signed_in(a_learner(school), "toto")

    handed_in = learner.post(
        "/api/v1/media", {"file": SimpleUploadedFile("me.webm", WEBM, "audio/webm")}
    )
    key = handed_in.json()["id"]
    where = read(learner, key)["Location"]

    assert handed_in.status_code == 201
    assert fetched(where)[:2] == (200, WEBM)
    part = fetched(where, Range="bytes=4-7")
    assert (part[0], part[1], part[2]["Content-Range"]) == (206, WEBM[4:8], "bytes 4-7/78")
    assert part[2]["Content-Type"] == "audio/webm"
    assert read(colleague, key).status_code == 404
    assert learner.delete(f"/api/v1/media/{key}").status_code == 204
    assert read(learner, key).status_code == 404


def test_what_a_browser_could_run_is_kept_for_download_there_too(bucket: str) -> None:
    school = a_school("toto")
    name = default_storage.save("documents/page.html", SimpleUploadedFile("p", b"<script>"))
    page = LibraryDocument(title="D", collection_id=school.collection_id)
    page.file.name = name
    page.save()

    where = read(signed_in(a_member(school, "teacher"), "toto"), page.uuid)["Location"]

    _, body, headers = fetched(where)
    assert body == b"<script>"
    assert headers["Content-Type"] == "application/octet-stream"
    assert headers["Content-Disposition"].startswith("attachment")


def test_the_file_of_a_deleted_image_leaves_the_bucket(
    bucket: str, django_capture_on_commit_callbacks: Any
) -> None:
    school = a_school("toto")
    image = LibraryImage.objects.create(
        title="I", file=get_test_image_file(), collection_id=school.collection_id
    )
    service: Any = default_storage
    assert [each.key for each in service.bucket.objects.all()] == [image.file.name]

    with django_capture_on_commit_callbacks(execute=True):
        image.delete()

    assert list(service.bucket.objects.all()) == []
