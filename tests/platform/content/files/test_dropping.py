"""Files of the library go with their rows: later, if their storage does not take it now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file

from lyceum.content.models import LibraryDocument, LibraryImage, LibraryMedia
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.dropping import delete_dropped_files
from lyceum.schools.models import DroppedFile
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school("toto")


def a_library(school: CurrentSchool) -> dict[str, Any]:
    """Make one of each, with all files that each may have."""
    own: dict[str, Any] = {"title": "It", "collection_id": school.collection_id}
    image = LibraryImage.objects.create(file=get_test_image_file(), **own)
    image.get_rendition("max-20x20")
    return {
        "images": image,
        "documents": LibraryDocument.objects.create(file=a_file("a.pdf"), **own),
        "media": LibraryMedia.objects.create(
            file=a_file("a.mp3"),
            thumbnail=get_test_image_file("thumb.png"),
            captions=a_file("a.vtt"),
            type="audio",
            duration=1,
            **own,
        ),
    }


def a_file(name: str) -> ContentFile[bytes]:
    return ContentFile(b"x", name)


def stored(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def away(folder: Path) -> dict[str, bytes]:
    """Have the storage refuse to delete anything, as one that is away does."""
    kept = {name: (folder / name).read_bytes() for name in stored(folder)}
    for name in kept:
        (folder / name).unlink()
        (folder / name / "in the way").mkdir(parents=True)
    return kept


def back(folder: Path, kept: dict[str, bytes]) -> None:
    for name, content in kept.items():
        (folder / name / "in the way").rmdir()
        (folder / name).rmdir()
        (folder / name).write_bytes(content)


@pytest.mark.parametrize(
    ("library", "address", "files_of_it"),
    [("images", "wagtailimages", 2), ("documents", "wagtaildocs", 1), ("media", "wagtailmedia", 3)],
)
def test_an_editor_deletes_though_the_storage_is_away_and_the_worker_deletes_the_file(
    toto: CurrentSchool, files: Path, library: str, address: str, files_of_it: int
) -> None:
    thing = a_library(toto)[library]
    manager = signed_in(a_member(toto, "manager"), "toto")
    kept = away(files)

    answer = manager.post(reverse(f"{address}:delete", args=[thing.pk]))

    assert answer.status_code == 302
    assert not type(thing).objects.filter(pk=thing.pk).exists()
    waiting = set(DroppedFile.objects.values_list("name", flat=True))
    assert len(waiting) == files_of_it
    back(files, kept)
    assert delete_dropped_files(now()) == len(waiting)
    assert set(stored(files)) == set(kept) - waiting
