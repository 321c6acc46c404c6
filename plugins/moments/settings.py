"""What a school can set."""

from __future__ import annotations

from typing import Literal

from lyceum.plugin.settings import BaseSettings, Field


class Settings(BaseSettings):
    who_may_post: Literal["everyone", "staff"] = Field("everyone", title="Who may post moments")
    media: Literal["none", "images", "all"] = Field(
        "all", title="Media", description="Whether moments may have images, or videos as well."
    )
    media_megabytes: int = Field(
        500, ge=1, le=100_000, title="Room for media", description="In MB, for each person."
    )
    children_may_post: bool = Field(
        False,
        title="Children may post and comment",
        description="What they write is shown to the school's staff only.",
    )
    automatic: bool = Field(
        True,
        title="Automatic moments",
        description="Make a moment when a lesson is completed or an achievement earned, of those "
        "who wish it.",
    )
    automatic_for_children: bool = Field(False, title="Automatic moments of children")
    automatic_visibility: Literal["public", "followers", "private"] = Field(
        "public", title="Who sees automatic moments"
    )
