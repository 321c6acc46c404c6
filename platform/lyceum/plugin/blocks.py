"""What a block of a lesson builds on, and a stream of blocks that plugins may add to."""

from lyceum.content.blocks.kinds import BlockKind, block_here, blocks_at, blocks_here
from lyceum.content.blocks.streams import (
    MISSING_BLOCK,
    MISSING_KIND,
    Kept,
    KeptBlock,
    OfferedBlocks,
    OfferingStreamBlock,
)

__all__ = [
    "MISSING_BLOCK",
    "MISSING_KIND",
    "BlockKind",
    "Kept",
    "KeptBlock",
    "OfferedBlocks",
    "OfferingStreamBlock",
    "block_here",
    "blocks_at",
    "blocks_here",
]
