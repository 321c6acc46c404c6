"""Tasks of each kind for tests, as a content file writes them: say only what matters."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from wagtail.images.tests.utils import get_test_image_file

from content_types.exercise_kinds import KINDS
from lyceum.content.models.library import LibraryImage, LibraryMedia
from lyceum.plugin.exercises import (
    ExerciseKind,
    Graded,
    InvalidContent,
    Marking,
    exercise_kinds,
    plain,
    read_block,
)

SEED = "5eed" * 8
AUDIO = "00000000-0000-7000-8000-00000000a0d1"
IMAGE = "00000000-0000-7000-8000-00000000f11e"


def kind_named(name: str) -> ExerciseKind[Any]:
    return exercise_kinds[name]


def a_choice(**changes: Any) -> dict[str, Any]:
    options = [
        {"text": "a cat", "correct": True, "feedback": {"en": "Yes, it purrs.", "es": "Sí."}},
        {"text": "a dog", "feedback": {"en": "A dog barks."}},
        {"text": "a hen", "correct": False},
    ]
    return {"language": "en", "question": "What says meow?", "options": options, **changes}


def a_text_with_gaps(**changes: Any) -> dict[str, Any]:
    return {"language": "en", "text": "I {am|'m} from Spain. She {is} my friend.", **changes}


def a_matching(**changes: Any) -> dict[str, Any]:
    pairs = [
        {"left": "cat", "right": "gato"},
        {"left": "dog", "right": "perro"},
        {"left": "hen", "right": "gallina"},
        {"left": "cow", "right": "vaca"},
    ]
    return {"language": "es", "pairs": pairs, **changes}


def an_order(**changes: Any) -> dict[str, Any]:
    return {"language": "en", "items": ["I", "often", "drink", "tea"], **changes}


def a_translation(**changes: Any) -> dict[str, Any]:
    source = {"es": "El perro grande duerme.", "en": "Say that the large dog is asleep."}
    accept = ["The (big|large) dog (sleeps|is sleeping)"]
    return {"language": "en", "source": source, "accept": accept, **changes}


def a_dictation(**changes: Any) -> dict[str, Any]:
    form = {"kind": "dictation", "accept": ["The bus leaves at nine"]}
    return a_listening(**{"form": form, **changes})


def a_listening(**changes: Any) -> dict[str, Any]:
    return {
        "language": "en",
        "audio": "station.mp3",
        "transcript": "Attention please. The bus leaves at nine.",
        "form": {"kind": "multiple_choice", **a_choice()},
        **changes,
    }


def a_sentence(**changes: Any) -> dict[str, Any]:
    return {"language": "en", "sentence": "Good morning!", **changes}


def a_prompt(**changes: Any) -> dict[str, Any]:
    model = "Yesterday I went to the park."
    return {"language": "en", "prompt": "What did you do?", "model_answer": model, **changes}


A_TASK = {
    "multiple_choice": a_choice,
    "fill_blank": a_text_with_gaps,
    "matching": a_matching,
    "drag_drop": an_order,
    "translation": a_translation,
    "listening": a_listening,
    "speaking": a_sentence,
    "voice_response": a_prompt,
}
assert [kind.name for kind in KINDS] == list(A_TASK)


def an_audio(name: str = "station.mp3", **fields: Any) -> LibraryMedia:
    return LibraryMedia.objects.create(
        type="audio",
        title=name,
        duration=2,
        file=ContentFile(b"ID3", name=name),
        transcript="The bus leaves at nine.",
        **fields,
    )


def an_image(name: str = "a-cat.png", **fields: Any) -> LibraryImage:
    picture = get_test_image_file(filename=name)
    return LibraryImage.objects.create(title=name, file=picture, **fields)


def library(model: Any, name: str) -> Any:
    """Find a file for `read_block` by its title; names in the storage tell nothing."""
    return model.objects.filter(title__startswith=name).first()


def read(kind: ExerciseKind[Any] | str, data: dict[str, Any]) -> dict[str, Any]:
    """Return a task as the kind gets it: read from a content file, validated, made plain."""
    kind = kind_named(kind) if isinstance(kind, str) else kind
    task: dict[str, Any] = plain(read_block(kind.form(), data, resolve_file=library))
    return task


def problems(kind: str, data: dict[str, Any]) -> dict[str, list[str]]:
    """Return what the creator is told about a task; {} if nothing is wrong."""
    try:
        read(kind, data)
    except InvalidContent as error:
        return error.fields
    return {}


def show(kind: str, task: dict[str, Any], *, seed: str = SEED, language: str = "en") -> Any:
    return kind_named(kind).present(task, seed=seed, language=language)


def grade(
    kind: str, task: dict[str, Any], answer: Any, *, seed: str = SEED, **marking: Any
) -> Graded:
    """Mark an answer as a client sends it."""
    one = kind_named(kind)
    return one.grade(
        task, one.read_answer(answer, task=task), seed=seed, marking=Marking(**marking)
    )


def ids(items: list[dict[str, str]]) -> dict[str, str]:
    """Return the ids of shown items by their texts."""
    return {item["text"]: item["id"] for item in items}


def is_uuid(text: str) -> bool:
    return str(UUID(text)) == text
