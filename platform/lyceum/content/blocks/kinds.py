"""What a block of a plugin is: its form in a lesson's body, and what readers are told of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from wagtail import blocks

from lyceum.content.exercises.kinds import school_in_question
from lyceum.kernel.plugins.hooks import SchoolOfHooks
from lyceum.kernel.registries import Registry

if TYPE_CHECKING:
    from lyceum.content.documents.rendering import Rendering


class BlockKind(ABC):
    """
    One sort of block. It holds no state.

    What it tells is kept with the page when that is published, so it says nothing of who reads.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    icon: ClassVar[str] = "placeholder"

    @abstractmethod
    def block(self) -> blocks.Block:
        """Return the creator's form, with validation that says what to mend."""

    @abstractmethod
    def render(self, value: Any, rendering: Rendering) -> dict[str, Any]:
        """
        Return what readers are told, of JSON types, in the rendering's language.

        Search finds its texts as it finds those of any other block.

        :param value: the value of the block, as its form made it
        """

    def form(self) -> blocks.Block:
        """Return the creator's form under the block's own label and icon."""
        block = self.block()
        block.meta.label = block.label = self.label
        block.meta.icon = self.icon
        return block


plugin_blocks: Registry[BlockKind] = Registry("blocks of plugins")
# The plugin's slug, by the block's name.
owners_of_blocks: Registry[str] = Registry("owners of blocks")


def block_at(school: SchoolOfHooks | None, name: str) -> BlockKind | None:
    """Return a block as a school has it: None if its plugin is not in force; all, of no school."""
    owner = owners_of_blocks.get(name)
    is_off = owner is not None and school is not None and owner not in school.plugins
    return None if is_off else plugin_blocks.get(name)


def blocks_at(school: SchoolOfHooks | None) -> list[BlockKind]:
    """Return the blocks that a school has of plugins; all that there are, of no school."""
    return [kind for kind in plugin_blocks if block_at(school, kind.name) is not None]


def block_here(name: str) -> BlockKind | None:
    """Return a block as the request's school has it."""
    return block_at(school_in_question(), name)


def blocks_here() -> list[BlockKind]:
    """Return the blocks that the request's school has of plugins."""
    return blocks_at(school_in_question())
