"""Moments, what people answer to them, and who follows whom. Counts are columns, kept exact."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lyceum.plugin.files import Shelf
from lyceum.plugin.models import SchoolScopedModel

TEXT = 2000
COMMENT = 500
TAG = 40


def _person(**options: Any) -> Any:
    options = {"on_delete": models.CASCADE, "related_name": "+", **options}
    return models.ForeignKey(settings.AUTH_USER_MODEL, **options)


class State(models.TextChoices):
    """Who sees a thing: all who may, its author and moderators, or moderators alone."""

    SHOWN = "shown"
    HELD = "held"  # until a moderator lets it through
    HIDDEN = "hidden"  # by a moderator
    DELETED = "deleted"  # by its author: in the moderators' bin


class Moment(SchoolScopedModel):
    """
    Something that a person tells their school.

    `subject` is what a moment made by news is about; `source` names it, so that it is told once.
    `shared` is the moment that this one passes on; it is null when that one is gone for good.
    """

    class Kind(models.TextChoices):
        TEXT = "text"
        IMAGE = "image"
        VIDEO = "video"
        ACHIEVEMENT = "achievement"
        LESSON_COMPLETED = "lesson_completed"
        MILESTONE = "milestone"

    class Visibility(models.TextChoices):
        PUBLIC = "public"  # the whole school
        FOLLOWERS = "followers"
        PRIVATE = "private"

    author = _person()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.CharField(max_length=TEXT, blank=True)
    tags = models.JSONField(default=list)
    visibility = models.CharField(max_length=20, choices=Visibility.choices)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SHOWN)
    is_featured = models.BooleanField(default=False)
    subject = models.JSONField(default=dict)
    # Null, which equals no other null: of what people post themselves there may be any number.
    source = models.CharField(max_length=80, null=True)  # noqa: DJ001
    shared = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    is_share = models.BooleanField(default=False)
    likes_count = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    shares_count = models.PositiveIntegerField(default=0)
    client_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "author", "client_id"], name="moment_once_a_client_id"
            ),
            models.UniqueConstraint(
                fields=["school", "author", "source"], name="moment_once_a_source"
            ),
        ]
        indexes = [
            # The feed, in its order: a page reads its own rows, however many there are.
            models.Index(
                fields=["school", "-created_at", "-uuid"],
                name="moments_shown",
                condition=Q(state="shown"),
            ),
            models.Index(
                fields=["school", "-created_at", "-uuid"],
                name="moments_featured",
                condition=Q(is_featured=True, state="shown"),
            ),
            models.Index(
                fields=["author", "school", "-created_at", "-uuid"], name="moments_of_author"
            ),
        ]


class Tagging(models.Model):
    """One tag of a moment, to look for."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="taggings")
    tag = models.CharField(max_length=TAG)

    class Meta:
        verbose_name = _("tag of a moment")
        verbose_name_plural = _("tags of moments")
        constraints = [models.UniqueConstraint(fields=["tag", "moment"], name="one_tag_a_moment")]


class Media(SchoolScopedModel):
    """An image or a video: uploaded first, then used by one moment, seen as that moment is."""

    class Kind(models.TextChoices):
        IMAGE = "image"
        VIDEO = "video"

    owner = _person()
    moment = models.ForeignKey(Moment, null=True, on_delete=models.SET_NULL, related_name="media")
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    file = models.FileField(upload_to=Shelf("moments"), max_length=200)
    content_type = models.CharField(max_length=50)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("image or video")
        verbose_name_plural = _("images and videos")
        indexes = [
            models.Index(
                fields=["created_at"], name="media_unused", condition=Q(moment__isnull=True)
            )
        ]


class Like(models.Model):
    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="+")
    person = _person()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("like")
        verbose_name_plural = _("likes")
        constraints = [
            models.UniqueConstraint(fields=["moment", "person"], name="one_like_a_person")
        ]


class Comment(SchoolScopedModel):
    """What somebody says to a moment, or to a comment on it: one level deep."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    author = _person()
    text = models.CharField(max_length=COMMENT)
    state = models.CharField(max_length=20, choices=State.choices, default=State.SHOWN)
    likes_count = models.PositiveIntegerField(default=0)
    replies_count = models.PositiveIntegerField(default=0)
    client_id = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "author", "client_id"], name="comment_once_a_client_id"
            )
        ]
        indexes = [
            models.Index(
                fields=["moment", "parent", "created_at", "uuid"], name="comments_in_order"
            )
        ]


class CommentLike(models.Model):
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    person = _person()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("like of a comment")
        verbose_name_plural = _("likes of comments")
        constraints = [
            models.UniqueConstraint(fields=["comment", "person"], name="one_like_of_a_comment")
        ]


class Follow(SchoolScopedModel):
    """That one person wants to read another, in one school."""

    follower = _person()
    followed = _person()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("person followed")
        verbose_name_plural = _("people followed")
        constraints = [
            models.UniqueConstraint(
                fields=["school", "follower", "followed"], name="one_follow_of_a_person"
            ),
            models.CheckConstraint(
                condition=~Q(follower=F("followed")), name="nobody_follows_themselves"
            ),
        ]
        indexes = [models.Index(fields=["school", "followed", "at"], name="followers_of_a_person")]


class Mention(models.Model):
    """That a moment or a comment calls a person by name."""

    moment = models.ForeignKey(Moment, on_delete=models.CASCADE, related_name="mentions")
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="mentions"
    )
    person = _person()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(
                fields=["moment", "person"],
                condition=Q(comment__isnull=True),
                name="one_mention_a_moment",
            ),
            models.UniqueConstraint(fields=["comment", "person"], name="one_mention_a_comment"),
        ]


class Activity(SchoolScopedModel):
    """What somebody did that another is told of: one row for each kind of deed on each thing."""

    class Kind(models.TextChoices):
        LIKED = "liked"
        COMMENTED = "commented"
        REPLIED = "replied"
        SHARED = "shared"
        FOLLOWED = "followed"
        MENTIONED = "mentioned"

    person = _person()
    actor = _person()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    moment = models.ForeignKey(Moment, null=True, on_delete=models.CASCADE, related_name="+")
    comment = models.ForeignKey(Comment, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["person", "school", "-at", "-uuid"], name="activity_of_a_person")
        ]


class Participant(SchoolScopedModel):
    """What a person chose here, and how much they keep."""

    person = _person()
    automatic = models.BooleanField(default=True)
    media_bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(fields=["school", "person"], name="one_participant_a_person")
        ]
