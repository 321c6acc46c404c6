"""What a school can set."""

from __future__ import annotations

from typing import Literal

from django.utils.translation import gettext_noop as noop

from lyceum.plugin.settings import BaseSettings, Field

POSTING = {"everyone": noop("Everyone"), "staff": noop("The school’s staff")}
MEDIA = {"none": noop("None"), "images": noop("Images"), "all": noop("Images and videos")}
SEEING = {
    "public": noop("Everyone"),
    "followers": noop("Those who follow"),
    "private": noop("The author alone"),
}


class Settings(BaseSettings):
    who_may_post: Literal["everyone", "staff"] = Field(
        "everyone",
        title=noop("Who may post moments"),
        json_schema_extra={"titles": POSTING},
    )
    media: Literal["none", "images", "all"] = Field(
        "all",
        title=noop("Allowed media"),
        description=noop("Whether moments may have images, or videos as well."),
    )
    media_megabytes: int = Field(
        500,
        ge=1,
        le=100_000,
        title=noop("Room for media"),
        description=noop("In MB, for each person."),
    )
    children_may_post: bool = Field(
        False,
        title=noop("Children may post and comment"),
        description=noop("What they write is shown to the school's staff only."),
    )
    automatic: bool = Field(
        True,
        title=noop("Automatic moments"),
        description=noop(
            "Make a moment when a lesson is completed or an achievement earned, of those "
            "who wish it."
        ),
    )
    automatic_for_children: bool = Field(False, title=noop("Automatic moments of children"))
    automatic_visibility: Literal["public", "followers", "private"] = Field(
        "public",
        title=noop("Who sees automatic moments"),
        json_schema_extra={"titles": SEEING},
    )
