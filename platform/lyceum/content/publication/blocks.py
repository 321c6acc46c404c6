"""What blocks lack: walked through with the way to each field, in ids and in words."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.images.blocks import ImageChooserBlock
from wagtailmedia.blocks import AbstractMediaChooserBlock

from lyceum.content.exercises.forms import TranslatedTextBlock
from lyceum.content.exercises.plain_blocks import BLOCK_ERRORS
from lyceum.content.publication.remarks import (
    ALT_MISSING,
    AUDIO_MISSING,
    INVALID,
    LANGUAGE_NAMES,
    REQUIRED,
    TRANSCRIPT_MISSING,
    TRANSLATION_MISSING,
    UNCHECKED,
    UNFINISHED_TASK,
    Remark,
    is_said,
)

TASK = "task"
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """A block's value within a page, and the way to it."""

    block: Any
    value: Any
    path: tuple[str, ...]
    where: tuple[str, ...]

    def within(self, name: str) -> Place:
        """Return the field of a struct."""
        child = self.block.child_blocks[name]
        return Place(
            child, self.value.get(name), (*self.path, name), (*self.where, label_of(child))
        )

    def parts(self) -> list[Place]:
        """Return what lies right within, in its order."""
        value = self.value
        if isinstance(value, blocks.StreamValue):
            return [self._row(child, label_of(child.block), ()) for child in value]
        if isinstance(value, ListValue):
            rows = enumerate(value.bound_blocks, start=1)
            return [self._row(child, label_of(child.block), (f"{n}",)) for n, child in rows]
        if isinstance(value, blocks.StructValue):
            return [self.within(name) for name in value.block.child_blocks]
        return []

    def _row(self, child: Any, label: str, number: tuple[str, ...]) -> Place:
        words = " ".join(filter(None, [label, *number]))
        return Place(
            child.block, child.value, (*self.path, str(child.id or "")), (*self.where, words)
        )


def label_of(block: Any) -> str:
    return str(block.label or "")


def walk(place: Place) -> Iterator[Place]:
    """Yield a place and all within it."""
    yield place
    for part in place.parts():
        yield from walk(part)


def faults(place: Place, field: str) -> Iterator[Remark]:
    """Yield what the editor's own form would refuse to publish of a stream."""
    try:
        place.block.clean(place.value)
    except ValidationError as error:
        yield from _located(error, place, field)
    except Exception:
        # A block of a plugin, whose form breaks: it costs the list its own lines, and no page.
        logger.exception("A block in %s could not be checked.", field)
        told = _("A block in it is broken, and could not be checked.")
        yield Remark(UNCHECKED, told, place.path, place.where)


def _located(error: ValidationError, place: Place, field: str) -> Iterator[Remark]:
    if not isinstance(error, BLOCK_ERRORS):
        yield from _errors(error.messages, place, field)
        return
    if error.non_block_errors:
        messages = [m for one in error.non_block_errors.as_data() for m in one.messages]
        yield from _errors(messages, place, field)
    parts = place.parts()
    for step, inner in error.block_errors.items():
        deeper = place.within(step) if isinstance(step, str) else parts[step]
        yield from _located(inner, deeper, field)


def _errors(messages: Sequence[str], place: Place, field: str) -> Iterator[Remark]:
    code = UNFINISHED_TASK if field == TASK else INVALID
    if place.path[-1] == "alt":
        code = ALT_MISSING
    elif not is_said(place.value) and code == INVALID:
        code = REQUIRED
    for message in messages:
        yield Remark(code, message, place.path, place.where, refuses=True)


def wants(place: Place, languages: Sequence[str]) -> Iterator[Remark]:
    """Yield what the blocks of a stream would be better for: told, and not refused."""
    silent: set[tuple[str, ...]] = set()
    for at in walk(place):
        if isinstance(at.value, ListValue):
            silent |= _unheard(at)
        if not isinstance(at.value, blocks.StructValue):
            continue
        if isinstance(at.block, TranslatedTextBlock):
            yield from _other_languages(at, languages)
        else:
            yield from _alternative_texts(at)
            yield from (remark for remark in _sounds(at) if remark.path not in silent)


def _unheard(rows: Place) -> set[tuple[str, ...]]:
    """Return the fields of a list's rows in which nothing is heard in any: it wants no sound."""
    parts = rows.parts()
    names = getattr(rows.value.list_block.child_block.meta, "wants", ())
    heard = {name for name in names for part in parts if part.value.get(name)}
    return {(*part.path, name) for name in names if name not in heard for part in parts}


def _other_languages(at: Place, languages: Sequence[str]) -> Iterator[Remark]:
    if not any(map(is_said, at.value.values())):
        return
    for language in languages:
        if not is_said(at.value.get(language)):
            told = _("Not written in %(language)s.") % {"language": LANGUAGE_NAMES[language]}
            missing = at.within(language)
            yield Remark(TRANSLATION_MISSING, told, missing.path, missing.where, language)


def _alternative_texts(at: Place) -> Iterator[Remark]:
    """Yield of a struct's images those that nobody described, unless the form asks for it."""
    children = at.block.child_blocks
    for name, child in children.items():
        image = at.value.get(name)
        if not isinstance(child, ImageChooserBlock) or not image:
            continue
        own = children.get("alt")
        if own is not None and own.required:
            continue
        if is_said(at.value.get("alt")) or (own is None and is_said(image.description)):
            continue
        told = _("The image has no alternative text.")
        missing = at.within(name if own is None else "alt")
        yield Remark(ALT_MISSING, told, missing.path, missing.where)


def _sounds(at: Place) -> Iterator[Remark]:
    """Yield what is to be heard and is not there, or cannot be read by those who do not hear."""
    for name in getattr(at.block.meta, "wants", ()):
        if not at.value.get(name):
            missing = at.within(name)
            told = _("Nothing is to be heard here yet.")
            yield Remark(AUDIO_MISSING, told, missing.path, missing.where)
    transcript = at.block.child_blocks.get("transcript")
    for name, child in at.block.child_blocks.items():
        media = at.value.get(name)
        if transcript is None or not isinstance(child, AbstractMediaChooserBlock) or not media:
            continue
        if not is_said(at.value.get("transcript")) and not is_said(media.transcript):
            missing = at.within("transcript")
            told = _("There is no transcript for those who cannot hear it.")
            yield Remark(TRANSCRIPT_MISSING, told, missing.path, missing.where)
