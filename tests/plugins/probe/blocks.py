"""The probe's block: a remark, with a picture if one likes."""

from __future__ import annotations

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from lyceum.plugin.blocks import BlockKind
from lyceum.plugin.content import Rendering, image_document


class RemarkForm(blocks.StructBlock):
    said = blocks.CharBlock(max_length=50)
    picture = ImageChooserBlock(required=False)


class Remark(BlockKind):
    """Something said beside the lesson."""

    name = "probe_remark"
    label = "Remark (probe)"
    icon = "comment"

    def block(self) -> blocks.Block:
        return RemarkForm()

    def render(self, value: Any, rendering: Rendering) -> dict[str, Any]:
        if value["said"] == "break":
            raise ValueError("The probe was told to break.")
        picture = value["picture"] and image_document(value["picture"], rendering)
        return {"said": value["said"], "picture": picture}


BLOCKS = (Remark(),)
