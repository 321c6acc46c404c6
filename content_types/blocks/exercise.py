"""The blocks of an exercise: its hints, and the task of whichever kind."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lyceum.plugin.blocks import MISSING_KIND, KeptBlock, OfferedBlocks, OfferingStreamBlock
from lyceum.plugin.exercises import kind_here, kinds_here


def hint_blocks() -> list[tuple[str, blocks.Block]]:
    return [("hint", blocks.CharBlock(max_length=500))]


class MissingKindBlock(KeptBlock):
    """A task whose kind's plugin is off or not installed, kept as it was found."""

    SALT = "content_types.missing_kind"
    REFUSAL = _("This task cannot be read. Delete it and choose a kind.")

    class Meta:
        label = _("A kind of exercise that is not installed")
        help_text = _("The task is kept as it is until the plugin that brought its kind is back.")
        icon = "warning"


class TaskBlock(OfferingStreamBlock):
    """One task, of one of the kinds in the registry."""

    kept = MISSING_KIND

    def __init__(self, **kwargs: Any) -> None:
        # A task holds solutions: no index may find it by them.
        super().__init__(search_index=False, **kwargs)
        kept = (MISSING_KIND, MissingKindBlock())
        self.child_blocks = OfferedBlocks((), kind_here, kinds_here, kept)
