"""
Streams whose blocks depend on the school: what is not in force is kept in them as it was stored.

Wagtail drops a stored block of a type that it does not know. Here it is read as one that is kept,
and written back unchanged, so that switching a plugin off, or removing it, loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from copy import copy
from typing import Any, ClassVar, Protocol

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.base import BlockWidget

from lyceum.content.exercises.kinds import every_kind, school_in_question

MISSING_BLOCK = "missing_block"
MISSING_KIND = "missing_kind"
PLACEHOLDER = "placeholder"
RESERVED = frozenset({MISSING_BLOCK, MISSING_KIND, PLACEHOLDER})

UNAVAILABLE = "block_unavailable"
LONGEST_NAME = 64


class Offered(Protocol):
    """What a plugin brings to a stream: a name, and the form of its value."""

    name: ClassVar[str]

    def form(self) -> blocks.Block: ...


class Kept(dict[str, Any]):
    """A block as it was stored, `{"type": …, "value": …}`, of a type that is not there."""


class KeptBlock(blocks.FieldBlock):
    """
    A block whose plugin is off or not installed, kept as it was found.

    Forms and the authoring API carry it signed, for one school: nobody writes a block past its
    form, nor carries one to where its form never saw it.
    """

    SALT = "content.kept_block"
    REFUSAL = _("There is no such block here. Delete it and choose another.")

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(widget=forms.HiddenInput)
        super().__init__(**kwargs)

    def get_default(self) -> Kept:
        return Kept()

    def to_python(self, value: Any) -> Kept:
        return value if isinstance(value, Kept) else self.value_from_form(value)

    def value_for_form(self, value: Kept) -> str:
        return signing.dumps(value, salt=self._salt())

    def value_from_form(self, value: Any) -> Kept:
        try:
            return Kept(signing.loads(str(value), salt=self._salt()))
        except signing.BadSignature:
            return Kept()

    def get_api_representation(self, value: Kept, context: Any = None) -> str:
        return self.value_for_form(value)

    def clean(self, value: Kept) -> Kept:
        if not value:
            raise ValidationError(self.REFUSAL, code=UNAVAILABLE)
        return value

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    def render_basic(self, value: Kept, context: Any = None) -> str:
        return str(self.label)

    def _salt(self) -> str:
        school = school_in_question()
        return f"{self.SALT}:{school.id if school else ''}"

    class Meta:
        label = _("A block that is not installed")
        help_text = _("It is kept as it is until the plugin that brought it is back.")
        icon = "warning"


class OfferedBlocks(Mapping[str, blocks.Block]):
    """
    A stream block's children: its own, those of plugins here and now, and what is kept.

    :param own: those that are always there
    :param find: returns what is offered under a name here and now
    :param every: returns all that is offered here and now
    """

    def __init__(
        self,
        own: Iterable[tuple[str, blocks.Block]],
        find: Callable[[str], Offered | None],
        every: Callable[[], Iterable[Offered]],
        kept: tuple[str, KeptBlock],
    ) -> None:
        self._own = dict([*own, kept])
        for name, block in self._own.items():
            block.set_name(name)
        self._kept, self._find, self._every = kept[0], find, every
        self._made: dict[str, tuple[Offered, blocks.Block]] = {}

    def __getitem__(self, name: str) -> blocks.Block:
        if name in self._own:
            return self._own[name]
        offered = self._find(name)
        if offered is None:
            raise KeyError(name)
        made_for, block = self._made.get(name, (None, None))
        if block is None or made_for is not offered:
            block = offered.form()
            block.set_name(name)
            self._made[name] = (offered, block)
        return block

    def __contains__(self, name: object) -> bool:
        return name in self._own or (isinstance(name, str) and self._find(name) is not None)

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self._own if name != self._kept)
        yield from (offered.name for offered in self._every())
        yield self._kept

    def __len__(self) -> int:
        return sum(1 for _ in self)


class OfferingWidget(BlockWidget):
    """Offers the blocks there are; one that is kept is in the form only where it is in use."""

    def render_with_errors(self, name: str, value: Any, *args: Any, **kwargs: Any) -> str:
        offered = copy(self.block_def)
        offered.offers_kept = any(child.block_type == offered.kept for child in value or ())
        # A widget keeps what it offered first, and forms live as long as the process: which blocks
        # there are is another matter in each school.
        return BlockWidget(offered, self.attrs).render_with_errors(name, value, *args, **kwargs)

    @property
    def media(self) -> forms.Media:
        return BlockWidget(self.block_def).media


class OfferingStreamBlock(blocks.StreamBlock):
    """
    A stream of blocks that a school has, among them those of its plugins.

    A subclass sets `child_blocks` to `OfferedBlocks`, and says in `kept` under which name a form
    holds a block that is kept.
    """

    widget = OfferingWidget
    kept = MISSING_BLOCK
    offers_kept = False

    def ordered_child_blocks(self) -> Iterable[blocks.Block]:
        children = self.child_blocks.items()
        return [block for name, block in children if self.offers_kept or name != self.kept]

    def takes(self, name: str, value: Any) -> bool:
        """Return whether a client may send a block of this name; one that is kept, as it was."""
        if name == self.kept:
            return bool(self.child_blocks[name].to_python(value))
        return name in self.child_blocks

    def to_python(self, value: Any) -> blocks.StreamValue:
        return super().to_python(self._with_kept(value))

    def bulk_to_python(self, values: Iterable[Any]) -> list[blocks.StreamValue]:
        converted: list[blocks.StreamValue] = super().bulk_to_python(
            [self._with_kept(value) for value in values]
        )
        return converted

    def get_prep_value(self, value: Any) -> list[dict[str, Any]]:
        return [self._as_found(stored) for stored in super().get_prep_value(value)]

    def extract_references(self, value: Any) -> Iterable[tuple[Any, ...]]:
        if any(isinstance(child.value, Kept) for child in value):
            # What it shows is still in use, and must still be the school's own.
            with every_kind():
                return list(super().extract_references(self.to_python(self.get_prep_value(value))))
        return super().extract_references(value)

    def value_from_datadict(self, data: Any, files: Any, prefix: str) -> blocks.StreamValue:
        value = super().value_from_datadict(data, files, prefix)
        for at in range(int(data[f"{prefix}-count"])):
            if data[f"{prefix}-{at}-deleted"] or data[f"{prefix}-{at}-type"] in self.child_blocks:
                continue
            # Wagtail would leave it out without a word: empty, it is refused when it is cleaned.
            value.append((self.kept, Kept()))
        return value

    def _with_kept(self, value: Any) -> Any:
        """Return stored blocks, those of a type that is not there wrapped to be kept."""
        if isinstance(value, str):
            # Revisions hold it as text; what is no JSON is for Wagtail to deal with.
            with suppress(ValueError):
                value = json.loads(value)
        if not isinstance(value, list) or not all(isinstance(stored, dict) for stored in value):
            return value
        return [
            stored
            if stored["type"] in self.child_blocks
            else {
                **stored,
                "type": self.kept,
                "value": Kept(type=stored["type"], value=stored["value"]),
            }
            for stored in value
        ]

    def _as_found(self, stored: dict[str, Any]) -> dict[str, Any]:
        if stored["type"] != self.kept:
            return stored
        return {**stored, **stored["value"]}
