"""The shape of blocks that come as JSON: what has another is refused before Wagtail reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from pydantic import ValidationError as PydanticError
from pydantic_core import InitErrorDetails, PydanticCustomError
from wagtail.api.v3 import form_data
from wagtail.blocks import ListBlock, RichTextBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock

from lyceum.content.blocks.streams import UNAVAILABLE, OfferingStreamBlock

Flatten = Callable[[Any, Any, str, Any], None]


def refuse_other_shapes() -> None:
    """Let Wagtail's API look at a block's shape first: it would break on another."""
    flatten: Flatten = form_data.flatten_block_value
    if getattr(flatten, "looks_first", False):
        return

    def look_first(block: Any, value: Any, prefix: str, data: Any) -> None:
        _check(block, value, prefix)
        if isinstance(block, BaseStreamBlock | ListBlock | BaseStructBlock | RichTextBlock):
            flatten(block, value, prefix, data)
            return
        try:
            flatten(block, value, prefix, data)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            # A field's own conversion, which expects no list where there is a text.
            raise ValidationError(f"{prefix}: this is no value for it") from error

    look_first.looks_first = True  # type: ignore[attr-defined]
    form_data.flatten_block_value = look_first


def _check(block: Any, value: Any, prefix: str) -> None:
    if not value:
        return
    if isinstance(block, BaseStreamBlock):
        if not isinstance(value, list) or not all(map(_is_child, value)):
            raise ValidationError(f'{prefix}: a list of {{"type": …, "value": …}}')
        for at, item in enumerate(value):
            if not _takes(block, item):
                raise _unavailable(item["type"], prefix, at)
    elif isinstance(block, ListBlock) and not isinstance(value, list):
        raise ValidationError(f"{prefix}: a list")
    elif isinstance(block, BaseStructBlock) and not isinstance(value, dict):
        raise ValidationError(f"{prefix}: an object")


def _is_child(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("type"), str) and "value" in item


def _takes(block: Any, item: dict[str, Any]) -> bool:
    if isinstance(block, OfferingStreamBlock):
        return block.takes(item["type"], item["value"])
    return item["type"] in block.child_blocks


def _unavailable(name: str, prefix: str, at: int) -> PydanticError:
    """Return what Wagtail's API answers as a 422, under a code of ours."""
    told = PydanticCustomError(UNAVAILABLE, "There is no block {name} here.", {"name": repr(name)})
    problem: InitErrorDetails = {"type": told, "loc": (prefix, at), "input": None}
    return PydanticError.from_exception_data("blocks", [problem])
