"""Blocks that plugins bring: offered and told where the plugin is in force, kept elsewhere."""

from __future__ import annotations

import re
from types import ModuleType

from wagtail import blocks

from lyceum.content.blocks.kinds import BlockKind, owners_of_blocks, plugin_blocks
from lyceum.content.blocks.streams import LONGEST_NAME, RESERVED
from lyceum.content.documents.rendering import block_renderers
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin


def register_parts() -> None:
    """Take from every plugin the `BLOCKS` of its `blocks.py`. Called in `AppConfig.ready()`."""
    parts.register("blocks", Part("blocks", check=_check, add=_add))


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    kinds = getattr(module, "BLOCKS", None)
    if not isinstance(kinds, tuple) or not all(isinstance(kind, BlockKind) for kind in kinds):
        raise BadPart("It needs `BLOCKS`, a tuple of objects of its BlockKind classes.")
    names = [kind.name for kind in kinds]
    for name in names:
        is_its_own = re.fullmatch(f"{plugin.slug}_[a-z0-9][a-z0-9_]*", name)
        if not is_its_own or names.count(name) > 1:
            raise BadPart(f"{name!r}: call each block {plugin.slug}_ and a name of its own.")
        if len(name) > LONGEST_NAME:
            raise BadPart(f"{name!r} is longer than {LONGEST_NAME} letters.")
        if name in RESERVED or name in block_renderers or name in plugin_blocks:
            raise BadPart(f"There is a block {name!r} already.")
    for kind in kinds:
        if not isinstance(kind.block(), blocks.Block):
            raise BadPart(f"{kind.name}: `block` returns a block of Wagtail's.")
        kind.form()


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    for kind in module.BLOCKS if module else ():
        plugin_blocks.register(kind.name, kind)
        owners_of_blocks.register(kind.name, plugin.slug)
