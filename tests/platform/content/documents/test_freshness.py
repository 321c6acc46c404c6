"""Documents stay true: change, unpublish, move, delete, schedule whatever a page shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from wagtail.images.tests.utils import get_test_image_file
from wagtail.rich_text import RichText

from content_types.models import LessonPrerequisite
from lyceum.content.documents.checks import differences, rebuild
from lyceum.content.models import BasePage, Document, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from tests.pages import a_category, a_course, a_lesson, a_subcategory, an_exercise
from tests.people import a_school

pytestmark = pytest.mark.django_db


TASK = [("speaking", {"language": "en", "sentence": "Say it", "audio": None})]


class Shelf:
    """A lesson that shows everything a lesson can show, and a course that shows the lesson."""

    def __init__(self, school: CurrentSchool) -> None:
        files = {"collection_id": school.collection_id}
        self.image = LibraryImage.objects.create(title="I", file=get_test_image_file(), **files)
        self.document = LibraryDocument.objects.create(
            title="D", file=SimpleUploadedFile("d.pdf", b"%PDF-1.4"), **files
        )
        self.audio = LibraryMedia.objects.create(
            title="A", type="audio", duration=3, file=SimpleUploadedFile("a.mp3", b"ID3"), **files
        )
        self.category = a_category(school, "Grammar")
        self.subcategory = a_subcategory(self.category, "Verbs")
        self.other = a_subcategory(a_category(school, "Reading"), "Stories")
        self.before = a_lesson(self.subcategory, "Before")
        self.linked = a_lesson(self.other, "Linked")
        self.lesson = a_lesson(self.subcategory, "Everything", published=False)
        self.exercise = an_exercise(self.lesson, "Inline", task=TASK)
        self.lesson.refresh_from_db()
        self.lesson.body_en = [
            ("text", RichText(f'<p><a linktype="page" id="{self.linked.pk}">there</a></p>')),
            ("image", {"file": self.image, "alt": "A square", "caption": ""}),
            ("pdf", {"file": self.document, "title": "Sheet"}),
            ("audio", {"file": self.audio, "caption": "", "transcript": ""}),
            ("exercise", BasePage.objects.get(pk=self.exercise.pk)),
        ]
        self.lesson.prerequisites = [LessonPrerequisite(required=self.before)]
        self.lesson.save_revision().publish()
        self.course = a_course(school, "All", [self.before, self.lesson])


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(a_school("toto"))


@contextmanager
def taken_back() -> Iterator[None]:
    """Undo at its end all that a block did to the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def retitled(page: Any) -> None:
    page.refresh_from_db()
    page.title_en = "Another title"
    page.save_revision().publish()


def reslugged(page: Any) -> None:
    page.refresh_from_db()
    page.slug = "another-slug"
    page.save()


def unpublished(page: Any) -> None:
    page.refresh_from_db()
    page.unpublish()


def unpublished_and_back(page: Any) -> None:
    unpublished(page)
    assert list(differences()) == []
    page.refresh_from_db()
    page.save_revision().publish()


def deleted(page: Any) -> None:
    page.refresh_from_db()
    page.delete()


def scheduled(page: Any) -> None:
    page.refresh_from_db()
    page.title_en = "In an hour"
    page.go_live_at = now() + timedelta(hours=1)
    page.save_revision().publish()
    revision = page.revisions.filter(approved_go_live_at__isnull=False).get()
    revision.approved_go_live_at = now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert page.title_en == "In an hour"


def expired(page: Any) -> None:
    page.refresh_from_db()
    type(page).objects.filter(pk=page.pk).update(expire_at=now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    page.refresh_from_db()
    assert not page.live


PAGES = ("category", "subcategory", "before", "linked", "exercise", "lesson", "course")


@pytest.mark.parametrize(
    "change", [retitled, reslugged, unpublished, unpublished_and_back, deleted, scheduled, expired]
)
def test_whatever_happens_to_a_page_all_that_show_it_are_true(
    shelf: Shelf, change: Callable[[Any], None]
) -> None:
    for name in PAGES:
        with taken_back():
            change(getattr(shelf, name))

            assert list(differences()) == [], name


def test_a_page_that_moves_takes_its_links_and_counts_along(shelf: Shelf) -> None:
    targets = {
        "before": shelf.other,
        "linked": shelf.subcategory,
        "lesson": shelf.other,
        "exercise": shelf.linked,
        "subcategory": BasePage.objects.get(pk=shelf.other.pk).get_parent(),
    }
    for name, target in targets.items():
        with taken_back():
            page = BasePage.objects.get(pk=getattr(shelf, name).pk)
            page.move(BasePage.objects.get(pk=target.pk), pos="first-child")

            assert list(differences()) == [], name


def test_a_file_that_changes_or_goes_is_told_anew(shelf: Shelf) -> None:
    for file in (shelf.image, shelf.document, shelf.audio):
        with taken_back():
            file.title = file.description = file.transcript = "Another"
            file.save()
            assert list(differences()) == []
        with taken_back():
            type(file).objects.get(pk=file.pk).delete()
            assert list(differences()) == []


def test_counts_are_of_what_readers_find(shelf: Shelf) -> None:
    shelf.category.refresh_from_db()
    assert (shelf.category.lessons_count, shelf.category.exercises_count) == (2, 1)

    shelf.subcategory.refresh_from_db()
    shelf.subcategory.unpublish()

    shelf.category.refresh_from_db()
    assert (shelf.category.lessons_count, shelf.category.exercises_count) == (0, 0)


def test_the_check_sees_what_is_wrong_and_a_rebuild_mends_it(shelf: Shelf) -> None:
    Document.objects.filter(page_id=shelf.lesson.pk, language="en").update(body="{}")
    type(shelf.category).objects.update(lessons_count=7)

    assert len(list(differences())) == 3  # two counts, and the lesson
    rebuild()
    assert list(differences()) == []
