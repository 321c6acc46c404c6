"""What is wrong in a folder is told by file, line and field; and nothing of it is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from content_types.exchange.complaints import Complaint, FolderRefused
from content_types.exchange.importing import import_folder
from content_types.exchange.school_tree import pages_of
from lyceum.schools.current import CurrentSchool
from tests.content_types.exchange.folders import LESSON_FILE, a_folder, change
from tests.people import a_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> CurrentSchool:
    return a_school("toto", languages=["en", "es"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return a_folder(tmp_path / "toto")


def complaints_about(folder: Path, school: CurrentSchool) -> list[Complaint]:
    with pytest.raises(FolderRefused) as refused:
        import_folder(folder, school=school)
    assert pages_of(school) == {}
    return refused.value.complaints


def the_complaint(folder: Path, school: CurrentSchool) -> Complaint:
    complaints = complaints_about(folder, school)
    assert len(complaints) == 1, [str(complaint) for complaint in complaints]
    return complaints[0]


FAULTS = [
    ("order: 1", "order: first", "order", "Write a whole number."),
    ("level: A1", "level: KG1", "level", "“KG1” is not a level of this school"),
    ("  es: Saludos\n", "", "title", "Write this in es too."),
    ("  es: Saludos\n", "  es: Saludos\n  fr: Saluts\n", "title", "no language fr"),
    ("tags: [greetings]", "tags: [greetings]\ncolour: red", "colour", "no such field"),
    ("tags: [greetings]", "tags: [a/b]", "tags", "letters, digits and hyphens"),
    ("tags: [greetings]", "tags: greetings", "tags", "Write this as a list."),
    ("kind: fill_blank", "kind: crossword", "exercises[1].kind", "no kind “crossword”"),
    ("points: 5", "points: -5", "exercises[1].points", "0 or more"),
    ("points: 5", "marking: {luck: ignore}", "exercises[1].marking.luck", "no such rule"),
    ("slug: to-be", "slug: To be", "exercises[1].slug", "small letters and digits"),
    ("slug: to-be", "slug: say-hello", "exercises[1].slug", "is taken"),
    ("- exercise: say-hello", "- exercise: nowhere", "body.en[2].exercise", "“nowhere”"),
    ("file: toucan.png", "file: parrot.png", "body.en[1].image.file", "no file “parrot.png”"),
    ("file: toucan.png", "file: ../toucan.png", "body.en[1].image.file", "no file"),
    ("- image: {file", "- picture: {file", "body.en[1]", "A block is one of these"),
    ("<p>Say <b>", "<p onclick='x'>Say <b>", "body.en[0].text", "no attribute “onclick”"),
    ("<p>Say <b>", "<script>1</script><p>Say <b>", "body.en[0].text", "<script> is not allowed"),
    ("correct: true", "correct: maybe", "exercises[0].task.options[0].correct", "true or false"),
    ("correct: true", "correct: false", "exercises[0].task", ""),
    ("question: What", "questoin: What", "exercises[0].task.questoin", "no such field"),
    ("I {am|'m} here.", "\"I {am|'m here.\"", "exercises[1].task.text", ""),
    ("level: A1", "level: A1\nprerequisites: [a/b/c]", "prerequisites[0]", "no lesson “a/b/c”"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "field", "message"), FAULTS)
def test_a_fault_is_named_by_file_line_and_field(
    folder: Path, school: CurrentSchool, before: str, after: str, field: str, message: str
) -> None:
    line = change(folder, before, after)

    complaints = [
        complaint
        for complaint in complaints_about(folder, school)
        if complaint.field.startswith(field) and message in complaint.message
    ]

    assert complaints, [str(c) for c in complaints_about(folder, school)]
    assert complaints[0].file == LESSON_FILE
    # A field that is missing, or within a map, stands on the line of what holds it.
    assert abs(complaints[0].line - line) <= 4


def test_a_complaint_reads_as_one_line(folder: Path, school: CurrentSchool) -> None:
    line = change(folder, "order: 1", "order: first")

    told = str(the_complaint(folder, school))

    assert told == f"{LESSON_FILE}:{line}: order: Write a whole number."


def test_all_faults_of_all_files_are_told_at_once(folder: Path, school: CurrentSchool) -> None:
    change(folder, "order: 1", "order: first")
    change(folder, 'colour: "#112233"', "colour: red", file="english/category.yaml")
    change(folder, "level: A2", "level: A9", file="english/first-steps/numbers.yaml")

    files = {complaint.file for complaint in complaints_about(folder, school)}

    assert {"english/category.yaml", LESSON_FILE} <= files


def test_a_circle_of_prerequisites_is_refused(folder: Path, school: CurrentSchool) -> None:
    change(
        folder,
        "tags: [greetings]",
        "tags: [greetings]\nprerequisites: [english/first-steps/numbers]",
    )

    messages = [complaint.message for complaint in complaints_about(folder, school)]

    assert messages == ["This goes in a circle: that lesson requires this one."] * 2


def test_a_lesson_that_requires_itself_is_a_circle(folder: Path, school: CurrentSchool) -> None:
    file = "english/first-steps/numbers.yaml"
    change(folder, "first-steps/greetings]", "first-steps/numbers]", file=file)

    assert "in a circle" in the_complaint(folder, school).message


def test_a_key_written_twice_is_refused_with_both_lines(
    folder: Path, school: CurrentSchool
) -> None:
    line = change(folder, "level: A1", "order: 7\nlevel: A1")

    complaint = the_complaint(folder, school)

    assert (complaint.line, complaint.field) == (line, "order")
    assert complaint.message == f"This is written twice, first on line {line - 1}."


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("order: 1", "order:\t1", "There is a tab at column 7. Use spaces."),
        ("order: 1", "order: [1", "This is not YAML"),
        ("order: 1", "order: *one", "anchors and aliases"),
        ("order: 1", "order: !!python/name:os.system x", "Tags (!) are not read here."),
        ("order: 1", "order: &a 1\nduration: *a", "Aliases (*) are not read here."),
        ("order: 1", f"order: {'[' * 400}{']' * 400}", "nested too deeply"),
    ],
)
def test_what_is_not_plain_yaml_is_refused(
    folder: Path, school: CurrentSchool, before: str, after: str, message: str
) -> None:
    change(folder, before, after)

    assert message in "\n".join(map(str, complaints_about(folder, school)))


def test_a_file_that_is_not_utf_8_is_refused_with_the_line(
    folder: Path, school: CurrentSchool
) -> None:
    file = folder / "english" / "category.yaml"
    file.write_bytes(file.read_text().encode("latin-1"))

    complaint = complaints_about(folder, school)[0]

    assert (complaint.file, complaint.line) == ("english/category.yaml", 1)
    assert complaint.message == "This is not UTF-8. Save the file as UTF-8."


def test_an_image_that_is_something_else_is_refused(folder: Path, school: CurrentSchool) -> None:
    (folder / "media" / "toucan.png").write_text("<svg onload='alert(1)'/>")

    messages = {c.file: c.message for c in complaints_about(folder, school)}

    assert "the contents are something else" in messages["media/toucan.png"]


def test_an_image_of_more_pixels_than_a_form_takes_is_refused(
    folder: Path, school: CurrentSchool
) -> None:
    Image.new("1", (8000, 5001)).save(folder / "media" / "toucan.png")

    messages = {c.file: c.message for c in complaints_about(folder, school)}

    assert messages["media/toucan.png"] == "The image has more than 40 million pixels."


def test_links_out_of_the_folder_are_refused(
    folder: Path, school: CurrentSchool, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("title: secret")
    lesson = folder / "english" / "first-steps" / "secret.yaml"
    lesson.symlink_to(outside)
    image = folder / "media" / "toucan.png"
    image.rename(tmp_path / "toucan.png")
    image.symlink_to(tmp_path / "toucan.png")

    told = {c.file: c.message for c in complaints_about(folder, school)}

    assert told["english/first-steps/secret.yaml"] == "This links to something outside the folder."
    assert told["media/toucan.png"] == "This links to something outside the folder."


def test_files_that_would_be_left_out_in_silence_are_named(
    folder: Path, school: CurrentSchool
) -> None:
    (folder / "english" / "first-steps" / "colours.yml").write_text("title: {en: x, es: x}")

    complaint = the_complaint(folder, school)

    assert complaint.file == "english/first-steps/colours.yml"
    assert complaint.message == "This file has no place here."


def test_a_category_and_a_course_cannot_share_a_slug(folder: Path, school: CurrentSchool) -> None:
    (folder / "courses" / "a-week.yaml").rename(folder / "courses" / "english.yaml")

    assert "by the category" in the_complaint(folder, school).message


def test_a_folder_that_is_not_there_is_said_so(school: CurrentSchool, tmp_path: Path) -> None:
    assert the_complaint(tmp_path / "none", school).message == "There is no such folder."


def test_an_empty_folder_is_no_content(school: CurrentSchool, tmp_path: Path) -> None:
    assert "category.yaml" in the_complaint(tmp_path, school).message
