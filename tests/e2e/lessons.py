"""Lessons for tests in a browser: a block of every sort, and an exercise of every kind."""

from __future__ import annotations

from typing import Any

from wagtail.documents import get_document_model

from lyceum.plugin.exercises import read_block
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import switch_off, switch_on
from tests.content_types.exercise_kinds.tasks import (
    A_TASK,
    a_dictation,
    an_audio,
    an_image,
    kind_named,
    library,
)
from tests.exercises import require
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise

FULL, NEXT = "/learn/animals/pets/a-cat", "/learn/animals/pets/a-dog"


def full_lessons(school: CurrentSchool) -> None:
    """
    Make a lesson with all that there is, at `FULL`, and one that it opens, at `NEXT`.

    One block is of a plugin that is off. The exercises are called as their kinds are. That of the
    second lesson takes five seconds and two tries at most.
    """
    pets = a_subcategory(a_category(school, "Animals", slug="animals"), "Pets", slug="pets")
    texts = {"title_ar": "القطة", "level": "A1", "duration": 10, "description_en": "Say meow."}
    lesson = a_lesson(pets, "A cat", slug="a-cat", tags=["cats"], **texts)
    an_audio(collection_id=school.collection_id)
    exercises = {kind: exercise_of(lesson, kind, task()) for kind, task in A_TASK.items()}
    exercise_of(lesson, "listening", a_dictation(), "dictation")
    switch_on("probe", school)
    lesson.body_en = a_body(school, exercises["translation"])
    lesson.save_revision().publish()
    switch_off("probe", school)
    following = a_lesson(pets, "A dog", slug="a-dog", level="A1", duration=20)
    exercise_of(following, "fill_blank", A_TASK["fill_blank"](), time_limit=5, max_attempts=2)
    require(following, lesson)


def exercise_of(
    lesson: Any, kind: str, task: dict[str, Any], title: str = "", **limits: int
) -> Any:
    value = read_block(kind_named(kind).form(), task, resolve_file=library)
    texts = {"instructions_en": "Answer.", "explanation_en": "So it is.", **limits}
    hints = [("hint", "Think of an animal.")]
    return an_exercise(lesson, title or kind, task=[(kind, value)], hints_en=hints, **texts)


def a_body(school: CurrentSchool, exercise: Any) -> list[tuple[str, Any]]:
    sound = an_audio("meow.mp3", collection_id=school.collection_id)
    image = an_image(collection_id=school.collection_id)
    paper = get_document_model().objects.create(
        title="Words", file=sound.file.name, collection_id=school.collection_id
    )
    lines = [
        {"speaker": "Toto", "text": "Hello!", "translation": "¡Hola!"},
        {"speaker": "Ana", "text": "Hi!", "translation": ""},
    ]
    entry = {"term": "cat", "meaning": "gato", "example": "A cat says meow.", "audio": sound}
    slide = {"title": "One", "text": "<p>A cat sleeps.</p>", "image": image, "alt": "A cat"}
    return [
        (
            "text",
            "<h3>Cats</h3><p>A <b>cat</b> is an <a href='https://example.org'>animal</a>.</p>",
        ),
        ("image", {"file": image, "alt": "A cat", "caption": "This is a cat."}),
        ("audio", {"file": sound, "caption": "Meow", "transcript": "Meow."}),
        ("pdf", {"file": paper, "title": "Words to print"}),
        ("slides", {"slides": [slide, {**slide, "title": "Two", "image": None}]}),
        ("embed", {"url": "https://youtu.be/x", "caption": "A film of cats"}),
        ("vocabulary", {"language": "en", "entries": [entry]}),
        ("dialogue", {"language": "en", "lines": lines, "audio": sound}),
        ("callout", {"tone": "tip", "text": "<p>Smile.</p>"}),
        ("callout", {"tone": "warning", "text": "<p>It may scratch.</p>"}),
        ("probe_remark", {"said": "Away", "picture": None}),
        ("exercise", exercise),
    ]
