"""A task before it is answered, as every page of ours that shows one without playing it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.loader import select_template

from lyceum.content.preview.words import words_in

FOLDER = "content/preview/tasks"


def task_as_shown(kind: str, shown: Mapping[str, Any], *, language: str) -> str:
    """
    Return the HTML of a presented task, in words of a language.

    A kind brings `content/preview/tasks/<kind>.html`; what has none is told by its name.
    """
    template = select_template([f"{FOLDER}/{kind}.html", f"{FOLDER}/other.html"])
    told = {"it": shown, "name": kind, "words": words_in(language), "language": language}
    return template.render(told)
