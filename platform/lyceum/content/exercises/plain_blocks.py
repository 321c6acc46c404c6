"""Values of Wagtail blocks as plain data (JSON types only), and back again.

A block that keeps its plain value in another shape than its parts do says so with two methods of
its own: `plain_value(value)` and `value_from_plain(data, reading)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.rich_text import RichText

from lyceum.kernel.errors import Invalid

BLOCK_ERRORS = (
    ListBlockValidationError,
    StreamBlockValidationError,
    StructBlockValidationError,
)
ResolveFile = Callable[[type[Model], str], Model | None]


class InPlaceError(StreamBlockValidationError):
    """Of a stream of one block, which plain data writes in the place of the stream."""


class InvalidContent(Invalid):
    """
    Some of the content cannot be accepted as it is written.

    `errors` names each place by its path, as in `options.1.text`, and says what to mend.
    """

    code = "invalid_content"
    detail = "Some of this content cannot be accepted."


def plain(value: Any) -> Any:
    """Return a block's value as plain data: structs as dicts, library items as their UUID."""
    if isinstance(value, blocks.StructValue):
        return _plain(value.block, value)
    if isinstance(value, blocks.StreamValue):
        return _plain(value.stream_block, value)
    if isinstance(value, ListValue):
        return _plain(value.list_block, value)
    return _plain(None, value)


def _plain(block: blocks.Block | None, value: Any) -> Any:
    if own := getattr(block, "plain_value", None):
        return own(value)
    if isinstance(value, blocks.StructValue):
        return {name: _plain(value.block.child_blocks[name], part) for name, part in value.items()}
    if isinstance(value, ListValue):
        return [_plain(value.list_block.child_block, part) for part in value]
    if isinstance(value, blocks.StreamValue):
        return [{"type": c.block_type, "value": _plain(c.block, c.value)} for c in value]
    if value is None and isinstance(block, blocks.ChooserBlock):
        return ""
    return _plain_leaf(value)


def _plain_leaf(value: Any) -> Any:
    if isinstance(value, RichText):
        return value.source
    if isinstance(value, Model):
        return str(getattr(value, "uuid", value.pk))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    # Wagtail's texts may be lazy or marked safe; JSON wants plain ones.
    return str(value) if not isinstance(value, Decimal) else float(value)


@dataclass
class Reading:
    """One reading of plain data: how files are found, and what was wrong so far, by path."""

    resolve_file: ResolveFile
    problems: dict[str, list[str]] = field(default_factory=dict)
    path: tuple[str, ...] = ()

    def inside(self, step: str | int) -> Reading:
        """Return the same reading one step deeper."""
        return Reading(self.resolve_file, self.problems, (*self.path, str(step)))

    def complain(self, message: str) -> None:
        """Note that something is wrong here; reading goes on, to find the rest."""
        self.problems.setdefault(".".join(self.path), []).append(message)


def read_block(block: blocks.Block, data: Any, *, resolve_file: ResolveFile) -> Any:
    """
    Return plain data as a clean value of a block, as its form would have made it.

    `resolve_file` gets a library model and the name or UUID written in the data, and returns the
    item or None.

    :raises InvalidContent: with every place that is wrong
    """
    reading = Reading(resolve_file)
    value = from_plain(block, data, reading)
    if reading.problems:
        raise InvalidContent(fields=reading.problems)
    try:
        return block.clean(value)
    except ValidationError as error:
        raise InvalidContent(fields=field_errors(error)) from None


def from_plain(block: blocks.Block, data: Any, reading: Reading) -> Any:
    """Return plain data as a block's own value, not yet clean; what is wrong is complained of."""
    if own := getattr(block, "value_from_plain", None):
        return own(data, reading)
    if isinstance(block, blocks.StructBlock):
        return struct_from_plain(block, data, reading)
    if isinstance(block, blocks.ListBlock):
        return _list_from_plain(block, data, reading)
    if isinstance(block, blocks.StreamBlock):
        return _stream_from_plain(block, data, reading)
    if isinstance(block, blocks.ChooserBlock):
        return _file_from_plain(block, data, reading)
    return _leaf_from_plain(block, data, reading)


def struct_from_plain(block: blocks.StructBlock, data: Any, reading: Reading) -> Any:
    """Return a map as a struct's value; fields left out get their defaults, lists stay empty."""
    if not isinstance(data, Mapping):
        reading.complain("Write this as fields with values.")
        return block.get_default()
    for name in data:
        if name not in block.child_blocks:
            known = ", ".join(block.child_blocks)
            reading.inside(name).complain(f"There is no such field here. The fields are: {known}.")
    parts = {
        name: from_plain(child, data[name], reading.inside(name))
        if name in data
        else _left_out(child)
        for name, child in block.child_blocks.items()
    }
    return block.normalize(parts)


def _left_out(block: blocks.Block) -> Any:
    # A form starts with empty rows to fill in; data that names none means none.
    return block.empty_value() if isinstance(block, blocks.ListBlock) else block.get_default()


def _list_from_plain(block: blocks.ListBlock, data: Any, reading: Reading) -> Any:
    if not isinstance(data, list):
        reading.complain("Write this as a list.")
        return block.empty_value()
    child = block.child_block
    parts = [from_plain(child, item, reading.inside(at)) for at, item in enumerate(data)]
    return block.normalize(parts)


def _stream_from_plain(block: blocks.StreamBlock, data: Any, reading: Reading) -> Any:
    if not isinstance(data, list):
        reading.complain("Write this as a list of blocks.")
        return block.empty_value()
    children = []
    for at, item in enumerate(data):
        inside = reading.inside(at)
        name = item.get("type") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name not in block.child_blocks:
            inside.complain(f"Name one of these types: {', '.join(block.child_blocks)}.")
            continue
        child = block.child_blocks[name]
        children.append((name, from_plain(child, item.get("value"), inside.inside("value"))))
    return block.normalize(children)


def _file_from_plain(block: blocks.ChooserBlock, data: Any, reading: Reading) -> Model | None:
    if data == "":
        return None
    if not isinstance(data, str):
        reading.complain("Write the name of a file here.")
        return None
    found = reading.resolve_file(block.model_class, data)
    if found is None:
        reading.complain(f"There is no file “{data}” of this sort.")
    return found


def _leaf_from_plain(block: blocks.Block, data: Any, reading: Reading) -> Any:
    if isinstance(block, blocks.BooleanBlock):
        fits, wanted = isinstance(data, bool), "Write true or false."
    elif isinstance(block, blocks.IntegerBlock):
        fits = isinstance(data, int) and not isinstance(data, bool)
        wanted = "Write a whole number."
    elif isinstance(block, blocks.FloatBlock | blocks.DecimalBlock):
        fits = isinstance(data, int | float) and not isinstance(data, bool)
        wanted = "Write a number."
    else:
        fits, wanted = isinstance(data, str), "Write this as text; put it in quotes."
    if not fits:
        reading.complain(wanted)
        return block.get_default()
    return block.normalize(data)


def field_errors(error: ValidationError, path: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Return a block's validation error as field paths and the messages about each."""
    found: dict[str, list[str]] = {}
    if not isinstance(error, BLOCK_ERRORS):
        found[".".join(path)] = list(error.messages)
        return found
    if error.non_block_errors:
        found[".".join(path)] = [
            message for one in error.non_block_errors.as_data() for message in one.messages
        ]
    for step, inner in error.block_errors.items():
        deeper = path if isinstance(error, InPlaceError) else (*path, str(step))
        found.update(field_errors(inner, deeper))
    return found
