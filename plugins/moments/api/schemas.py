"""What is sent and answered."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from lyceum.plugin.http import Answer, Body, Line, Paging, Text
from plugins.moments.models import COMMENT, TAG, TEXT
from plugins.moments.services.media import MOST_IMAGES, MOST_VIDEOS
from plugins.moments.services.mentioning import MOST

Visibility = Literal["public", "followers", "private"]
Kind = Literal["text", "image", "video", "achievement", "lesson_completed", "milestone"]
State = Literal["shown", "held", "hidden"]
Tag = Annotated[Line, Field(min_length=1, max_length=TAG)]
Tags = Annotated[list[Tag], Field(max_length=10)]
Mentions = Annotated[list[UUID], Field(max_length=MOST, description="People, by their ids.")]


class CommentPaging(Paging):
    limit: int = Field(default=10, ge=1, le=100, description="Items a page.")


class MomentIn(Body):
    """A moment to post: it needs a text or media."""

    text: Text = Field(default="", max_length=TEXT)
    kind: Literal["text", "image", "video", "milestone"] | None = Field(
        default=None, description="Without it, what its media say."
    )
    visibility: Visibility = "public"
    tags: Tags = Field(default_factory=list)
    media: list[UUID] = Field(
        default_factory=list,
        max_length=MOST_IMAGES + MOST_VIDEOS,
        description="Uploaded before, in the order in which they are shown.",
    )
    mentions: Mentions = Field(default_factory=list)
    client_id: UUID | None = Field(
        default=None, description="Of the client's making; sent again, nothing is made."
    )


class MomentChanges(Body):
    """What is to change of one's own moment."""

    text: Text = Field(default="", max_length=TEXT)
    tags: Tags = Field(default_factory=list)
    visibility: Visibility = "public"
    mentions: Mentions = Field(default_factory=list)


class ShareIn(Body):
    """What one says to what one passes on."""

    text: Text = Field(default="", max_length=TEXT)
    visibility: Visibility = "public"
    client_id: UUID | None = None


class PersonOut(Answer):
    id: UUID
    name: str
    avatar: str = Field(description='The address of the picture, "" without one.')


class CalledOut(Answer):
    """A person who is mentioned; those whom the reader may not know of are left out."""

    id: UUID
    name: str


class MediaOut(Answer):
    """An image or a video. `width` and `height` are 0 where they are not known."""

    id: UUID
    kind: Literal["image", "video"]
    content_type: str
    size: int = Field(description="In bytes.")
    width: int
    height: int
    src: str = Field(description="Where its file is read.")


class SharedOut(Answer):
    """A moment as others pass it on."""

    id: UUID
    kind: Kind
    text: str
    author: PersonOut
    tags: list[str]
    subject: dict[str, str] = Field(
        description="What a moment made by itself is about: `lesson`, or `achievement` and `name`."
    )
    media: list[MediaOut]
    mentions: list[CalledOut]
    created_at: datetime
    edited_at: datetime | None


class MomentOut(SharedOut):
    """A moment as a reader sees it. `shared` is null where one may not see what is passed on."""

    visibility: Visibility
    state: State = Field(description="`held` until a moderator lets it through: for its author.")
    featured: bool
    is_share: bool
    shared: SharedOut | None
    likes: int
    comments: int
    shares: int
    is_liked: bool
    is_following_author: bool


class CommentIn(Body):
    """A comment, or with `parent` a reply to one."""

    text: Text = Field(min_length=1, max_length=COMMENT)
    parent: UUID | None = None
    mentions: Mentions = Field(default_factory=list)
    client_id: UUID | None = None


class CommentChanges(Body):
    """What is to change of one's own comment; without `mentions` it calls whom it called."""

    text: Text = Field(min_length=1, max_length=COMMENT)
    mentions: Mentions | None = None


class CommentOut(Answer):
    id: UUID
    moment: UUID
    parent: UUID | None
    text: str
    author: PersonOut
    mentions: list[CalledOut]
    state: State
    likes: int
    replies: int
    is_liked: bool
    created_at: datetime
    edited_at: datetime | None


class ProfileOut(PersonOut):
    """A person as moments show them. Counts are of what the reader may know of."""

    moments: int
    followers: int
    following: int
    is_following: bool


class ActivityOut(Answer):
    """What somebody did that concerns you."""

    id: UUID
    kind: Literal["liked", "commented", "replied", "shared", "followed", "mentioned"]
    actor: PersonOut
    moment: UUID | None
    comment: UUID | None
    at: datetime


class StandingOut(Answer):
    """What one may do here."""

    post: str = Field(description='"" where one may post; else the code that it is refused with.')
    comment: str = Field(description="The same of comments.")
    media: Literal["none", "images", "all"] = Field(description="What moments may have.")
    may_feature: bool


class Preferences(Body):
    automatic: bool = Field(description="Whether moments are made of what you achieve.")
