"""The blocks of an exercise: its hints, and the task of whichever kind."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.base import BlockWidget

from lyceum.plugin.exercises import ExerciseKind, kind_here, kinds_here

MISSING = "missing_kind"


def hint_blocks() -> list[tuple[str, blocks.Block]]:
    return [("hint", blocks.CharBlock(max_length=500))]


class KeptTask(dict[str, Any]):
    """A task as it was stored, `{"type": …, "value": …}`, of a kind that is not there."""


class MissingKindBlock(blocks.FieldBlock):
    """
    A task whose kind's plugin is off or not installed, kept as it was found.

    Forms and the authoring API carry it signed, so that nobody writes a task past the form of its
    kind.
    """

    SALT = "content_types.missing_kind"

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(widget=forms.HiddenInput)
        super().__init__(**kwargs)

    def get_default(self) -> KeptTask:
        return KeptTask()

    def to_python(self, value: Any) -> KeptTask:
        return value if isinstance(value, KeptTask) else self.value_from_form(value)

    def value_for_form(self, value: KeptTask) -> str:
        return signing.dumps(value, salt=self.SALT)

    def value_from_form(self, value: Any) -> KeptTask:
        try:
            return KeptTask(signing.loads(str(value), salt=self.SALT))
        except signing.BadSignature:
            return KeptTask()

    def get_api_representation(self, value: KeptTask, context: Any = None) -> str:
        return self.value_for_form(value)

    def clean(self, value: KeptTask) -> KeptTask:
        if not value:
            raise ValidationError("This task cannot be read. Delete it and choose a kind.")
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    class Meta:
        label = "A kind of exercise that is not installed"
        help_text = "The task is kept as it is until the plugin that brought its kind is back."
        icon = "warning"


class KindBlocks(Mapping[str, blocks.Block]):
    """The forms of the kinds that there are here and now, as a stream block's children."""

    def __init__(self) -> None:
        self._blocks: dict[str, tuple[ExerciseKind[Any] | None, blocks.Block]] = {}
        self._keep(MISSING, None, MissingKindBlock())

    def __getitem__(self, name: str) -> blocks.Block:
        kind = kind_here(name)
        if kind is None and name != MISSING:
            raise KeyError(name)
        made_for, block = self._blocks.get(name, (None, None))
        if block is None or made_for is not kind:
            block = self._keep(name, kind, kind.form())
        return block

    def _keep(self, name: str, kind: ExerciseKind[Any] | None, block: blocks.Block) -> blocks.Block:
        block.set_name(name)
        self._blocks[name] = (kind, block)
        return block

    def __contains__(self, name: object) -> bool:
        return name == MISSING or (isinstance(name, str) and kind_here(name) is not None)

    def __iter__(self) -> Iterator[str]:
        yield from (kind.name for kind in kinds_here())
        yield MISSING

    def __len__(self) -> int:
        return len(kinds_here()) + 1


class TaskWidget(BlockWidget):
    """Offers the kinds there are; one that is missing is in the form only where it is in use."""

    def render_with_errors(self, name: str, value: Any, *args: Any, **kwargs: Any) -> str:
        offered = copy(self.block_def)
        offered.offers_missing = any(child.block_type == MISSING for child in value or ())
        # A widget keeps what it offered first, and forms live as long as the process: which kinds
        # there are is another matter in each school.
        return BlockWidget(offered, self.attrs).render_with_errors(name, value, *args, **kwargs)


class TaskBlock(blocks.StreamBlock):
    """
    One task, of one of the kinds in the registry.

    A stored task of a kind that is not there is read as a `missing_kind` and written back
    unchanged, so that removing a plugin and bringing it back loses nothing.
    """

    widget = TaskWidget
    offers_missing = False

    def __init__(self, **kwargs: Any) -> None:
        # A task holds solutions: no index may find it by them.
        super().__init__(search_index=False, **kwargs)
        self.child_blocks = KindBlocks()

    def ordered_child_blocks(self) -> Iterable[blocks.Block]:
        children = self.child_blocks.items()
        return [block for name, block in children if self.offers_missing or name != MISSING]

    def to_python(self, value: Any) -> blocks.StreamValue:
        return super().to_python(kept_if_missing(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[blocks.StreamValue]:
        converted: list[blocks.StreamValue] = super().bulk_to_python(
            [kept_if_missing(value) for value in values]
        )
        return converted

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        return [as_found(stored) for stored in super().get_prep_value(value)]


def kept_if_missing(value: Any) -> Any:
    """Return stored tasks with those of a missing kind wrapped in a `missing_kind`."""
    if isinstance(value, str):
        # Revisions hold it as text; what is no JSON is for Wagtail to deal with.
        with suppress(ValueError):
            value = json.loads(value)
    if not isinstance(value, list) or not all(isinstance(stored, dict) for stored in value):
        return value
    return [
        stored
        if stored["type"] == MISSING or kind_here(stored["type"]) is not None
        else {
            **stored,
            "type": MISSING,
            "value": KeptTask(type=stored["type"], value=stored["value"]),
        }
        for stored in value
    ]


def as_found(stored: dict[str, Any]) -> dict[str, Any]:
    """Return a stored task, unwrapped if it was wrapped as one of a missing kind."""
    if stored["type"] != MISSING:
        return stored
    return {**stored, **stored["value"]}
