"""A folder becomes a school's content: what is new is made, what changed is published anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.images import get_image_model
from wagtail.models import Revision

from content_types.exchange.importing import Imported, import_folder
from content_types.exchange.school_tree import pages_of
from content_types.models import Category, Course, Exercise, Lesson
from lyceum.schools.current import CurrentSchool
from tests.content_types.exchange.folders import LESSON_FILE, a_folder, change
from tests.people import a_school

pytestmark = pytest.mark.django_db

PAGES = 9  # category, subcategory, two lessons, two exercises, course, bank, its exercise


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "toto")


def slugs(school: CurrentSchool) -> list[str]:
    return ["/".join(path) for path, found in pages_of(school).items() if found.live]


def test_all_pages_are_published_in_the_folder_s_order(folder: Path, school: CurrentSchool) -> None:
    done = import_folder(folder, school=school)

    assert done == Imported(made=PAGES, changed=0, unchanged=0, unpublished=0, files=1)
    assert slugs(school) == [
        "english",
        "english/first-steps",
        "english/first-steps/greetings",
        "english/first-steps/greetings/say-hello",
        "english/first-steps/greetings/to-be",
        "english/first-steps/numbers",
        "a-week",
        "revision",
        "revision/order",
    ]


def test_texts_are_kept_in_each_language(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)

    lesson: Any = Lesson.objects.get(slug="greetings")
    assert (lesson.title_en, lesson.title_es) == ("Greetings", "Saludos")
    assert [str(child.value) for child in lesson.objectives_es] == ["Saludar"]
    assert lesson.body_es[0].value.source == "<p>Di <b>hello</b>.</p>"


def test_links_between_pages_are_made(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)

    lesson: Any = Lesson.objects.get(slug="greetings")
    numbers: Any = Lesson.objects.get(slug="numbers")
    course: Any = Course.objects.get(slug="a-week")
    shown = Exercise.objects.get(slug="say-hello")
    assert lesson.body_en[2].value.pk == shown.pk
    assert [row.required_id for row in numbers.prerequisites.all()] == [lesson.pk]
    assert [row.lesson_id for row in course.course_lessons.all()] == [lesson.pk, numbers.pk]
    # Without a place of its own, each database orders them as it likes.
    assert [row.sort_order for row in course.course_lessons.all()] == [0, 1]
    assert [row.sort_order for row in numbers.prerequisites.all()] == [0]


def test_an_exercise_has_its_lesson_s_level_unless_it_says_another(
    folder: Path, school: CurrentSchool
) -> None:
    change(folder, "points: 5", "points: 5\n    level: A2")

    import_folder(folder, school=school)

    levels = dict(Exercise.objects.values_list("slug", "level"))
    assert levels == {"say-hello": "A1", "to-be": "A2", "order": "A1"}


def test_importing_twice_changes_nothing(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)
    revisions = Revision.objects.count()

    done = import_folder(folder, school=school)

    assert done == Imported(made=0, changed=0, unchanged=PAGES, unpublished=0, files=0)
    assert Revision.objects.count() == revisions
    assert get_image_model().objects.count() == 1


def test_a_changed_page_gets_one_new_published_revision(
    folder: Path, school: CurrentSchool
) -> None:
    import_folder(folder, school=school)
    change(folder, "question: What do you say", "question: What do we say")
    revisions = Revision.objects.count()

    done = import_folder(folder, school=school)

    exercise: Any = Exercise.objects.get(slug="say-hello")
    assert (done.changed, done.unchanged) == (1, PAGES - 1)
    assert exercise.task[0].value["question"] == "What do we say in the morning?"
    assert Revision.objects.count() == revisions + 1
    assert not exercise.has_unpublished_changes


def test_a_page_keeps_its_ids_and_the_secret_seed(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)
    before = set(Exercise.objects.values_list("uuid", "seed"))
    change(folder, "points: 5", "points: 6")

    import_folder(folder, school=school)

    assert set(Exercise.objects.values_list("uuid", "seed")) == before


def test_tags_are_kept_in_their_normal_form(folder: Path, school: CurrentSchool) -> None:
    change(folder, "tags: [greetings]", "tags: [First Words, first-words]")

    import_folder(folder, school=school)
    again = import_folder(folder, school=school)

    assert Lesson.objects.get(slug="greetings").tags == ["first-words"]
    assert again.changed == 0


def test_another_order_moves_the_pages(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)
    change(folder, "order: 1", "order: 3")

    import_folder(folder, school=school)

    lessons = [s for s in slugs(school) if s.count("/") == 2 and s.startswith("english")]
    assert lessons == ["english/first-steps/numbers", "english/first-steps/greetings"]


def test_pages_that_the_folder_lacks_are_left_alone(folder: Path, school: CurrentSchool) -> None:
    import_folder(folder, school=school)
    (folder / "courses" / "a-week.yaml").unlink()

    import_folder(folder, school=school)

    assert "a-week" in slugs(school)


def test_with_prune_they_are_unpublished_and_not_deleted(
    folder: Path, school: CurrentSchool
) -> None:
    import_folder(folder, school=school)
    (folder / "courses" / "a-week.yaml").unlink()

    done = import_folder(folder, school=school, prune=True)

    assert done.unpublished == 1
    assert "a-week" not in slugs(school)
    assert Course.objects.filter(slug="a-week").exists()


def test_a_prerequisite_may_be_a_lesson_that_only_the_school_has(
    folder: Path, school: CurrentSchool
) -> None:
    import_folder(folder, school=school)
    (folder / LESSON_FILE).unlink()

    done = import_folder(folder, school=school)

    assert done.unchanged == PAGES - 3


def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    folder: Path, school: CurrentSchool
) -> None:
    done = import_folder(folder, school=school, dry_run=True)

    assert done.made == PAGES
    assert slugs(school) == []
    assert get_image_model().objects.count() == 0


def test_a_refused_folder_leaves_no_file_in_the_library(
    folder: Path, school: CurrentSchool, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "stored"
    change(folder, "correct: true", "correct: maybe")

    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_school", str(folder), "--school", "toto")

    assert [file for file in (tmp_path / "stored").rglob("*") if file.is_file()] == []


def test_two_schools_have_the_same_folder_each_for_itself(
    folder: Path, school: CurrentSchool
) -> None:
    other = a_school("campus", languages=["en", "es"])

    import_folder(folder, school=school)
    import_folder(folder, school=other)

    assert Category.objects.count() == 2
    assert get_image_model().objects.count() == 2


def test_the_command_tells_faults_and_fails(
    folder: Path, school: CurrentSchool, capsys: pytest.CaptureFixture[str]
) -> None:
    line = change(folder, "order: 1", "order: first")

    with pytest.raises(CommandError, match=r"1 fault\. Nothing was imported\."):
        call_command("import_school", str(folder), "--school", "toto")

    assert f"{LESSON_FILE}:{line}: order: Write a whole number." in capsys.readouterr().err


def test_the_command_knows_its_schools(folder: Path) -> None:
    with pytest.raises(CommandError, match="There is no school 'nowhere'"):
        call_command("import_school", str(folder), "--school", "nowhere")
