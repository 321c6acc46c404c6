"""Tasks and lesson bodies: what the folder writes, as the values of the creator's own forms.

Each is read by the very block whose form the editor shows, so a folder can say nothing that the
editor would refuse; a plugin's kind or block is read as well as ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail import blocks
from wagtail.rich_text import RichText

from content_types.exchange.complaints import Place
from content_types.exchange.folders import Folder, Node
from content_types.exchange.markup import faults_of_markup
from content_types.exchange.media import Shelf
from content_types.exchange.school_tree import Path
from content_types.models import Exercise, Lesson
from lyceum.plugin.blocks import MISSING_BLOCK
from lyceum.plugin.exercises import InvalidContent, exercise_kinds, read_block

INLINE = "exercise"

Block = tuple[str, Any]


@dataclass
class Contents:
    """
    The block values of a folder's pages, by the pages' paths.

    In a body, an inline exercise is still its slug: the page may not be there yet.
    """

    tasks: dict[Path, Block] = field(default_factory=dict)
    bodies: dict[Path, dict[str, list[Block]]] = field(default_factory=dict)


def read_contents(folder: Folder, shelf: Shelf) -> Contents:
    """Return the block values of all pages; what the forms refuse is complained of."""
    reader = _Reader(shelf)
    contents = Contents()
    for node in folder.walk("exercise"):
        if node.fields.kind in exercise_kinds:
            contents.tasks[node.path] = (node.fields.kind, reader.task(node))
    for node in folder.walk("lesson"):
        contents.bodies[node.path] = {
            language: list(reader.body(node, language)) for language in node.fields.body
        }
    return contents


class _Reader:
    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.task_blocks = Exercise._meta.get_field("task").stream_block.child_blocks
        self.body_blocks = Lesson._meta.get_field("body").stream_block.child_blocks

    def task(self, node: Node) -> Any:
        block = self.task_blocks[node.fields.kind]
        return self.value(block, node.fields.task, node, ("task",))

    def body(self, node: Node, language: str) -> Iterator[Block]:
        known = [name for name in self.body_blocks if name != MISSING_BLOCK]
        for at, entry in enumerate(node.fields.body[language]):
            place = ("body", language, at)
            name = next(iter(entry), "")
            if len(entry) != 1 or name not in known:
                told = f"A block is one of these, with its contents: {', '.join(known)}."
                node.complain(told, *place)
            elif name == INLINE:
                yield name, entry[name]
            else:
                block = self.body_blocks[name]
                yield name, self.value(block, entry[name], node, (*place, name))

    def value(self, block: blocks.Block, data: Any, node: Node, place: Place) -> Any:
        try:
            value = read_block(block, data, resolve_file=self.shelf.resolve)
        except InvalidContent as error:
            for path, messages in error.fields.items():
                for message in messages:
                    node.complain(message, *place, *steps(path))
            return None
        for path, text in rich_texts(value):
            for fault in faults_of_markup(text.source):
                node.complain(fault, *place, *path)
        return value


def steps(path: str) -> Iterator[str | int]:
    """Yield the steps of a field path such as `options.1.text`."""
    for step in filter(None, path.split(".")):
        yield int(step) if step.isdigit() else step


def rich_texts(value: Any, path: Place = ()) -> Iterator[tuple[Place, RichText]]:
    """Yield every HTML text within a block's value, with the path that leads to it."""
    if isinstance(value, RichText):
        yield path, value
    elif isinstance(value, blocks.StructValue):
        for name, part in value.items():
            yield from rich_texts(part, (*path, name))
    elif isinstance(value, blocks.list_block.ListValue):
        for at, part in enumerate(value):
            yield from rich_texts(part, (*path, at))
