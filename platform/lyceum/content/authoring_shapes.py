"""The shape of blocks that come as JSON: what has another is refused before Wagtail reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.api.v3 import form_data
from wagtail.blocks import ListBlock, RichTextBlock
from wagtail.blocks.stream_block import BaseStreamBlock
from wagtail.blocks.struct_block import BaseStructBlock

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
    elif isinstance(block, ListBlock) and not isinstance(value, list):
        raise ValidationError(f"{prefix}: a list")
    elif isinstance(block, BaseStructBlock) and not isinstance(value, dict):
        raise ValidationError(f"{prefix}: an object")


def _is_child(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("type"), str) and "value" in item
