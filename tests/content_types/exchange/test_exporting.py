"""An export is what an import reads: nothing changes on the way round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from content_types.exchange.exporting import Exported, export_folder
from content_types.exchange.importing import import_folder
from content_types.models import Exercise, Lesson
from lyceum.schools.current import CurrentSchool
from tests.content_types.exchange.folders import FILES, LESSON_FILE, a_folder
from tests.people import a_school

pytestmark = pytest.mark.django_db

DEFAULTS: dict[str, Any] = {
    "order": 1,
    "points": 10,
    "duration": 15,
    "icon": "",
    "tags": [],
    "multiple": False,
}


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def folder(tmp_path: Path, school: CurrentSchool) -> Path:
    folder = a_folder(tmp_path / "toto")
    import_folder(folder, school=school)
    return folder


def contents(root: Path) -> dict[str, bytes]:
    files = sorted(file for file in root.rglob("*") if file.is_file())
    return {str(file.relative_to(root)): file.read_bytes() for file in files}


def without_defaults(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: without_defaults(part)
            for name, part in value.items()
            if part != DEFAULTS.get(name, []) and part != 30
        }
    return [without_defaults(part) for part in value] if isinstance(value, list) else value


def test_an_export_says_what_was_imported(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    done = export_folder(tmp_path / "out", school=school)

    assert done == Exported(pages=9, files=1)
    for name in FILES:
        told = yaml.safe_load((tmp_path / "out" / name).read_text(encoding="utf-8"))
        wanted = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        assert without_defaults(told) == without_defaults(wanted), name
    assert contents(tmp_path / "out" / "media") == contents(folder / "media")


def test_importing_an_export_changes_nothing(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    export_folder(tmp_path / "out", school=school)

    done = import_folder(tmp_path / "out", school=school)

    assert (done.made, done.changed, done.files) == (0, 0, 0)


def test_exporting_twice_gives_equal_bytes(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    export_folder(tmp_path / "one", school=school)
    export_folder(tmp_path / "two", school=school)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_another_school_exports_what_it_imported_in_equal_bytes(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    other = a_school("campus", languages=["en", "es"])
    export_folder(tmp_path / "one", school=school)

    import_folder(tmp_path / "one", school=other)
    export_folder(tmp_path / "two", school=other)

    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_fields_stand_in_the_order_of_the_format(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    export_folder(tmp_path / "out", school=school)

    told = yaml.safe_load((tmp_path / "out" / LESSON_FILE).read_text(encoding="utf-8"))
    assert list(told) == [
        "title",
        "description",
        "order",
        "level",
        "duration",
        "objectives",
        "tags",
        "body",
        "exercises",
    ]


def test_texts_that_yaml_takes_for_something_else_come_back_as_they_were(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    texts = [
        "no",
        "10:30",
        "1.0",
        "null",
        "# not a note",
        "- dash",
        "a: b",
        "two\nlines",
        "مرحبا",
        "☺",
    ]
    lesson: Any = Lesson.objects.get(slug="numbers")
    lesson.body_en = [
        ("dialogue", {"language": "en", "lines": [{"speaker": t, "text": t} for t in texts]})
    ]
    lesson.save_revision().publish()

    export_folder(tmp_path / "out", school=school)
    done = import_folder(tmp_path / "out", school=school)

    assert done.changed == 0
    lesson.refresh_from_db()
    assert [line["text"] for line in lesson.body_en[0].value["lines"]] == texts


def test_what_is_not_published_stays_out(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    Lesson.objects.get(slug="numbers").unpublish()

    export_folder(tmp_path / "out", school=school)

    assert "english/first-steps/numbers.yaml" not in contents(tmp_path / "out")


def test_drafts_are_not_exported(folder: Path, school: CurrentSchool, tmp_path: Path) -> None:
    exercise: Any = Exercise.objects.get(slug="to-be")
    exercise.title_en = "Secret"
    exercise.save_revision()

    export_folder(tmp_path / "out", school=school)

    assert b"Secret" not in contents(tmp_path / "out")[LESSON_FILE]


def test_a_folder_that_holds_something_is_not_written_to(
    folder: Path, school: CurrentSchool
) -> None:
    before = contents(folder)

    with pytest.raises(CommandError, match="not an empty folder"):
        call_command("export_school", str(folder), "--school", "toto")

    assert contents(folder) == before
