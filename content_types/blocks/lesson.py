"""The blocks that a lesson's body is made of."""

from __future__ import annotations

from wagtail import blocks


def objective_blocks() -> list[tuple[str, blocks.Block]]:
    return [("objective", blocks.CharBlock(max_length=300))]


def lesson_blocks() -> list[tuple[str, blocks.Block]]:
    return [("text", blocks.RichTextBlock(max_length=10_000))]
