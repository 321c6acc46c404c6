"""Rendering: one page told in one language, noting on the way what it shows of other things."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from lyceum.content.blocks.kinds import BlockKind, block_at, owners_of_blocks
from lyceum.content.blocks.streams import LONGEST_NAME, PLACEHOLDER, Kept
from lyceum.kernel.plugins.hooks import SchoolOfHooks, hooks
from lyceum.kernel.registries import Registry

PAGE, FILE, TEXTS, PLUGIN, AWAITED = "page", "file", "texts", "plugin", "awaited"

Reference = tuple[str, str]
Found = TypeVar("Found")


@dataclass
class Rendering:
    """
    One page being rendered in one language.

    `languages` are the school's, its own first; `ancestors` the pages above it, from below the
    school down, of their specific classes. `school` says which plugins' blocks are told; of no
    school, none is; a block in `failed` is not asked again. `references` collects what is shown:
    the kind (`page`, `file`, `plugin`; `texts` for a file told with its captions; `awaited` for a
    block that was not there to tell) and the thing's UUID, slug or name. `found` is what was found
    out for the page, in whichever language it was asked first.
    """

    language: str
    languages: tuple[str, ...]
    ancestors: tuple[Any, ...] = ()
    school: SchoolOfHooks | None = None
    failed: set[str] = field(default_factory=set)
    references: set[Reference] = field(default_factory=set)
    found: dict[Hashable, Any] = field(default_factory=dict)

    @property
    def order(self) -> tuple[str, ...]:
        """The languages in which a text is looked for, the reader's own first."""
        return tuple(dict.fromkeys((self.language, *self.languages)))

    def value(self, thing: Any, name: str) -> Any:
        """Return a translated field: in this language, else the school's, else any; never None."""
        for language in self._fallbacks(thing, name):
            found = getattr(thing, f"{name}_{language}", None)
            if found:
                return found
        return getattr(thing, f"{name}_{self.language}", None) or ""

    def text(self, thing: Any, name: str) -> str:
        return str(self.value(thing, name))

    def languages_of(self, thing: Any, *names: str) -> list[str]:
        """Return the school's languages in which one of the fields says something."""
        return [
            language
            for language in self.languages
            if any(getattr(thing, f"{name}_{language}", None) for name in names)
        ]

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """Return what `find` does, asking it once for the page, whatever the language."""
        if key not in self.found:
            self.found[key] = find()
        found: Found = self.found[key]
        return found

    def shows_page(self, uuid: UUID | str) -> None:
        self.references.add((PAGE, str(uuid)))

    def shows_file(self, uuid: UUID | str) -> None:
        self.references.add((FILE, str(uuid)))

    def shows_texts(self, uuid: UUID | str) -> None:
        self.references.add((TEXTS, str(uuid)))

    def _fallbacks(self, thing: Any, name: str) -> Iterable[str]:
        from modeltranslation.utils import get_translation_fields

        offset = len(name) + 1
        every = (column[offset:] for column in get_translation_fields(name))
        return dict.fromkeys((*self.order, *every))


@dataclass(frozen=True)
class Rendered:
    """A page in one language: card and body as JSON text, and a digest of both."""

    card: str
    body: str
    digest: str


def rendered(card: Mapping[str, Any], body: Mapping[str, Any]) -> Rendered:
    """Return card and body as JSON text; the body holds the card's fields too."""
    card_text, body_text = as_json(card), as_json({**card, **body})
    digest = blake2b((card_text + body_text).encode(), digest_size=16).hexdigest()
    return Rendered(card_text, body_text, digest)


def as_json(value: Any) -> str:
    """Return compact JSON text, its characters as they are."""
    return _encode(value)


# Made once: `json.dumps` would make one for each call.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


# A block's type to what tells its value; it gets the value and the rendering. Of the blocks that
# page types bring: a plugin's tell themselves (`lyceum.content.blocks.kinds`).
block_renderers: Registry[Callable[[Any, Rendering], dict[str, Any]]] = Registry("block renderers")


def render_blocks(stream: Any, rendering: Rendering) -> list[dict[str, Any]]:
    """
    Return a stream's blocks as JSON, each `{type, id, …}`; a plugin's names its `plugin` too.

    Of what is not in force where it is rendered, a placeholder.
    """
    return [_render_block(child, rendering) for child in stream or ()]


def _render_block(child: Any, rendering: Rendering) -> dict[str, Any]:
    type_ = str(child.value.get("type", "")) if isinstance(child.value, Kept) else child.block_type
    head = {"type": type_, "id": str(child.id or "")}
    if render := block_renderers.get(type_):
        return {**head, **render(child.value, rendering)}
    school = rendering.school
    kind = block_at(school, type_) if school and not isinstance(child.value, Kept) else None
    if school is None or kind is None:
        rendering.references.add((AWAITED, type_[:LONGEST_NAME]))
        return {"type": PLACEHOLDER, "id": head["id"], "of": type_}
    owner = owners_of_blocks[type_]
    rendering.references.add((PLUGIN, owner))
    told = None
    if type_ not in rendering.failed:
        given = {"kind": kind, "value": child.value, "rendering": rendering}
        told = hooks.guarded(owner, f"blocks.{type_}", _told_by, given, school=school)
    if told is None:
        rendering.failed.add(type_)
        # Kept as one that failed, and told as one that is off: who mends it finds its place.
        return {**head, "plugin": owner, "failed": True}
    return {**head, **told, **head, "plugin": owner}


def _told_by(kind: BlockKind, value: Any, rendering: Rendering) -> dict[str, Any]:
    # What breaks within must not take the transaction of a publication with it.
    with transaction.atomic():
        told = kind.render(value, rendering)
    if not isinstance(told, dict):
        raise TypeError(f"{kind.name} tells no dict")
    as_json(told)
    return told
