"""The blocks of a lesson's body as readers see them: one function a block."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from content_types.models import Exercise
from content_types.rendering.exercises import exercise_card
from content_types.rendering.html import clean_html
from lyceum.plugin.content import (
    Rendering,
    block_renderers,
    file_document,
    image_document,
    media_document,
    player_of,
)


def text(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {"html": clean_html(value.source, rendering)}


def image(value: Any, rendering: Rendering) -> dict[str, Any]:
    shown = value["file"] and image_document(value["file"], rendering, alt=value["alt"])
    return {"image": shown, "caption": value["caption"] or ""}


def audio(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {"audio": heard(value, rendering), "caption": value["caption"] or ""}


def video(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {"video": heard(value, rendering), "caption": value["caption"] or ""}


def heard(value: Any, rendering: Rendering) -> dict[str, Any] | None:
    """Return a block's sound or film; its own transcript comes before the file's."""
    told = recording(value["file"], rendering)
    if told is not None and value["transcript"]:
        told["transcript"] = value["transcript"]
    return told


def recording(media: Any, rendering: Rendering) -> dict[str, Any] | None:
    return media_document(media, rendering) if media else None


def pdf(value: Any, rendering: Rendering) -> dict[str, Any]:
    shown = file_document(value["file"], rendering) if value["file"] else None
    return {"file": shown, "title": value["title"]}


def slides(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {"slides": [_slide(each, rendering) for each in value["slides"]]}


def _slide(value: Any, rendering: Rendering) -> dict[str, Any]:
    image = value["image"]
    return {
        "title": value["title"],
        "html": clean_html(value["text"].source, rendering) if value["text"] else "",
        "image": image_document(image, rendering, alt=value["alt"] or "") if image else None,
    }


def embed(value: Any, rendering: Rendering) -> dict[str, Any]:
    player = player_of(value["url"])
    return {
        "url": value["url"],
        "caption": value["caption"] or "",
        "player": asdict(player) if player else None,
    }


def vocabulary(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        "language": value["language"],
        "entries": [
            {
                "term": entry["term"],
                "meaning": entry["meaning"],
                "example": entry["example"] or "",
                "audio": recording(entry["audio"], rendering),
            }
            for entry in value["entries"]
        ],
    }


def dialogue(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {
        "language": value["language"],
        "lines": [
            {
                "speaker": line["speaker"],
                "text": line["text"],
                "translation": line["translation"] or "",
            }
            for line in value["lines"]
        ],
        "audio": recording(value["audio"], rendering),
    }


def callout(value: Any, rendering: Rendering) -> dict[str, Any]:
    return {"tone": value["tone"], "html": clean_html(value["text"].source, rendering)}


def exercise(value: Any, rendering: Rendering) -> dict[str, Any]:
    """Return an inline exercise's card; None once it is no longer published."""
    if value is None:
        return {"exercise": None}
    rendering.shows_page(value.uuid)
    found = rendering.once(("exercise", value.pk), lambda: published_exercise(value.pk))
    return {"exercise": exercise_card(found, rendering) if found else None}


def published_exercise(pk: int) -> Exercise | None:
    found: Exercise | None = Exercise.objects.filter(pk=pk).published().first()
    return found


RENDERERS = {
    "text": text,
    "image": image,
    "audio": audio,
    "video": video,
    "pdf": pdf,
    "slides": slides,
    "embed": embed,
    "vocabulary": vocabulary,
    "dialogue": dialogue,
    "callout": callout,
    "exercise": exercise,
}


def register() -> None:
    """Add the blocks that come with Lyceum to the registry of renderers."""
    for name, render in RENDERERS.items():
        block_renderers.register(name, render)
