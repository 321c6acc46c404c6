"""The blocks of an exercise: its hints, and the task of whichever kind."""

from __future__ import annotations

from wagtail import blocks


def hint_blocks() -> list[tuple[str, blocks.Block]]:
    return [("hint", blocks.CharBlock(max_length=500))]


def task_blocks() -> list[tuple[str, blocks.Block]]:
    return [("placeholder", blocks.CharBlock())]
