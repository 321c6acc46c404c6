"""Files go after their rows, and only then; one that cannot go now goes later."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from lyceum.kernel.clock import now
from lyceum.schools import dropping
from lyceum.schools.dropping import delete_dropped_files, drop_files
from lyceum.schools.models import DroppedFile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    for name in ("one", "two", "folder/three"):
        default_storage.save(name, ContentFile(b"x"))


def test_files_go_with_the_commit_and_stay_without_it() -> None:
    with transaction.atomic():
        drop_files(["one", "one", ""])
        assert default_storage.exists("one")
    with transaction.atomic():
        drop_files(["two"])
        transaction.set_rollback(True)

    assert not default_storage.exists("one")
    assert default_storage.exists("two")
    assert not DroppedFile.objects.exists()


def test_what_cannot_be_deleted_now_keeps_no_other_and_is_deleted_later() -> None:
    drop_files(["folder", "one", "../outside"])  # a folder that is not empty is not deleted

    assert not default_storage.exists("one")
    assert [file.attempts for file in DroppedFile.objects.all()] == [1, 1]
    default_storage.delete("folder/three")
    assert delete_dropped_files(now()) == 1
    assert [file.name for file in DroppedFile.objects.all()] == ["../outside"]
    assert not default_storage.exists("folder")


def test_a_request_waits_for_so_many_and_the_worker_sees_to_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dropping, "MOST_AT_ONCE", 1)

    drop_files(["one", "two", "folder/three"])  # here the worker is the request itself

    assert not DroppedFile.objects.exists()
    assert default_storage.listdir("folder")[1] == []
