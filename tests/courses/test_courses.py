"""The demo's courses are whole: all the lessons they promise, with their sounds and pictures."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from content_types.exchange.complaints import Complaints
from content_types.exchange.sources import read_source
from lyceum.plugin.exercises import exercise_kinds
from tests.courses.school import (
    SLUGS,
    exercises_of,
    folder_of,
    media_folder,
    parts_of,
    task_of,
)

EIGHT_KINDS = {
    *("multiple_choice", "fill_blank", "matching", "drag_drop"),
    *("translation", "listening", "speaking", "voice_response"),
}
LARGEST = {".mp3": 150_000, ".png": 30_000, ".pdf": 100_000, ".svg": 10_000}  # bytes


def test_toto_has_forty_lessons_with_all_kinds_of_exercises_from_a1_to_b2() -> None:
    pages = Counter(node.kind for node in folder_of("toto").walk())
    lessons = list(folder_of("toto").walk("lesson"))
    exercises = exercises_of("toto").values()

    assert (pages["category"], pages["subcategory"], pages["lesson"]) == (4, 12, 40)
    assert pages["exercise"] >= 300
    assert {node.fields.level for node in lessons} == {"A1", "A2", "B1", "B2"}
    assert {node.fields.kind for node in exercises} == EIGHT_KINDS
    assert all(list(node.fields.body) == ["en", "es", "ar"] for node in lessons)


def test_each_lesson_of_toto_asks_in_five_ways_and_more_and_lets_learners_speak() -> None:
    for lesson in folder_of("toto").walk("lesson"):
        kinds = {node.fields.kind for node in lesson.children}

        assert len(kinds) >= 5, lesson.path
        assert kinds & {"speaking", "voice_response"}, lesson.path


def test_learnify_has_twelve_lessons_for_the_three_years_of_kindergarten() -> None:
    lessons = list(folder_of("learnify").walk("lesson"))

    assert len(lessons) == 12
    assert {node.fields.level for node in lessons} == {"KG1", "KG2", "KG3"}


def test_each_exercise_of_learnify_is_told_aloud_right_before_it() -> None:
    for lesson in folder_of("learnify").walk("lesson"):
        (body,) = lesson.fields.body.values()
        told = [
            block["exercise"]
            for before, block in pairwise(body)
            if "exercise" in block and "audio" in before
        ]

        assert sorted(told) == sorted(node.slug for node in lesson.children), lesson.path


def test_whatever_a_child_looks_at_in_learnify_is_told_aloud_before_it() -> None:
    for lesson in folder_of("learnify").walk("lesson"):
        (body,) = lesson.fields.body.values()
        silent = [
            kind
            for before, block in pairwise(body)
            for kind in ("image", "slides", "vocabulary")
            if kind in block and "audio" not in before
        ]

        assert silent == [], lesson.path


def test_no_answer_at_learnify_takes_reading() -> None:
    """What is touched is a picture, a number or one letter; a word has a picture beside it."""
    for path, node in exercises_of("learnify").items():
        form = node.fields.task.get("form", node.fields.task)
        choices = [option["text"] for option in form.get("options", [])]
        choices += [side for pair in form.get("pairs", []) for side in pair.values()]
        choices += [*form.get("items", []), *form.get("distractors", [])]

        assert [text for text in choices if is_to_be_read(text)] == [], path


def test_the_campus_has_two_courses_with_exercises_in_every_lesson() -> None:
    courses = list(folder_of("campus").walk("course"))
    lessons = {"/".join(node.path): node for node in folder_of("campus").walk("lesson")}

    assert len(courses) == 2
    for course in courses:
        assert len(course.fields.lessons) >= 3
        assert all(len(lessons[path].children) >= 4 for path in course.fields.lessons)


@pytest.mark.parametrize("school", SLUGS)
def test_each_file_that_a_page_shows_is_there_and_each_that_is_there_is_shown(school: str) -> None:
    there = {file.name for file in media_folder(school).iterdir() if file.is_file()}

    assert there - {"audio.yaml"} == files_shown(school)


@pytest.mark.parametrize("school", SLUGS)
def test_each_file_is_small(school: str) -> None:
    files = [file for file in media_folder(school).rglob("*") if file.suffix in LARGEST]

    assert files
    assert [file.name for file in files if file.stat().st_size > LARGEST[file.suffix]] == []


@pytest.mark.parametrize("school", SLUGS)
def test_each_sound_is_on_the_list_of_what_is_spoken_and_each_drawing_a_picture(
    school: str,
) -> None:
    media = media_folder(school)
    complaints = Complaints()
    # Read as a page is, so that a name written twice is told.
    spoken = read_source(media / "audio.yaml", name="audio.yaml", complaints=complaints)
    drawn = {file.stem for file in (media / "drawings").glob("*.svg")}

    assert spoken is not None, complaints.items
    assert set(spoken.data) == {file.name for file in media.glob("*.mp3")}
    assert drawn <= {file.stem for file in media.glob("*.png")}


@pytest.mark.parametrize("school", SLUGS)
def test_each_image_says_what_it_shows_in_every_language(school: str) -> None:
    for lesson in folder_of(school).walk("lesson"):
        bodies = lesson.fields.body.values()
        shown = [[image["file"] for image in images(body)] for body in bodies]

        assert all(files == shown[0] for files in shown), lesson.path
        assert all(image.get("alt") for image in images(lesson.source.data)), lesson.path
        said = list(
            zip(*([image["alt"] for image in images(body)] for body in bodies), strict=True)
        )
        assert all(len(set(texts)) == len(texts) for texts in said), lesson.path


@pytest.mark.parametrize("school", SLUGS)
def test_each_sound_has_its_words_beside_it(school: str) -> None:
    silent = [
        "/".join(node.path)
        for node in folder_of(school).walk("exercise")
        if node.fields.kind == "listening"
        and not (node.fields.task["audio"].endswith(".mp3") and node.fields.task["transcript"])
    ]

    assert silent == []


@pytest.mark.parametrize("school", SLUGS)
def test_no_form_of_the_editor_objects_to_a_task(school: str) -> None:
    for node in exercises_of(school).values():
        task = task_of(node)
        form = task.get("form", {})
        objections = [*exercise_kinds[node.fields.kind].form().problems(task)]
        if form.get("kind") in exercise_kinds:
            objections += exercise_kinds[form["kind"]].form().problems(form)

        assert objections == [], node.path


def is_to_be_read(text: str) -> bool:
    letters = text.replace(" ", "")
    return len(letters) > 1 and letters.isalpha()


def files_shown(school: str) -> set[str]:
    names = set()
    for page in folder_of(school).walk():
        for part in parts_of(page.source.data):
            names |= {
                part[key] for key in ("file", "audio", "image") if isinstance(part.get(key), str)
            }
    return names


def images(data: Any) -> list[dict[str, Any]]:
    return [part for part in parts_of(data) if str(part.get("file", "")).endswith(".png")]
