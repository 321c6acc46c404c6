"""The libraries of files that creators draw on, and the recordings that learners hand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.utils.file import hash_filelike
from wagtailmedia.models import AbstractMedia, MediaQuerySet

from lyceum.content.confinement import ConfinedFiles
from lyceum.content.files.uploads import (
    AUDIO,
    DOCUMENT,
    VIDEO,
    check_captions,
    check_upload,
    random_name,
)
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class LibraryImage(AbstractImage):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    objects = ConfinedFiles.from_queryset(ImageQuerySet)()

    # Wagtail's tags are one list for the whole instance, and would tell one school of another.
    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        *(f"focal_point_{side}" for side in ("x", "y", "width", "height")),
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def get_upload_to(self, filename: str) -> str:
        return f"original_images/{random_name(filename)}"


class ImageRendition(AbstractRendition):
    image = models.ForeignKey(LibraryImage, on_delete=models.CASCADE, related_name="renditions")

    @property
    def url(self) -> str:
        """The address for editors. Documents hold the API's address, which outlives a rendition."""
        return reverse("lyceum_files:rendition", args=[self.pk])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_filter"
            )
        ]


class LibraryDocument(AbstractDocument):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    objects = ConfinedFiles.from_queryset(DocumentQuerySet)()

    admin_form_fields = ("title", "file", "collection")

    @property
    def url(self) -> str:
        """The address for editors."""
        return reverse("lyceum_files:document", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if _is_new(self.file):
            _check("file", check_upload, self.file, DOCUMENT)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if _is_new(self.file):
            self.file.name = random_name(self.file.name or "")
        super().save(*args, **kwargs)


class LibraryMedia(AbstractMedia):
    """An audio or video file, with its captions (WebVTT) and transcript."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    captions = models.FileField(
        upload_to="captions", blank=True, help_text="WebVTT (.vtt)", verbose_name=_("captions")
    )
    transcript = models.TextField(blank=True, verbose_name=_("transcript"))
    # SHA-1 of the contents, as Wagtail keeps it of images and documents.
    file_hash = models.CharField(max_length=40, blank=True, editable=False, db_index=True)

    objects = ConfinedFiles.from_queryset(MediaQuerySet)()

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "captions",
        "transcript",
    )

    @property
    def url(self) -> str:
        """The address for editors."""
        return reverse("lyceum_files:media", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        if _is_new(self.file):
            _check("file", check_upload, self.file, AUDIO if self.type == "audio" else VIDEO)
        if _is_new(self.captions):
            _check("captions", check_captions, self.captions)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if _is_new(self.file):
            self.file_hash = hash_filelike(self.file.file)
            self.file.name = random_name(self.file.name or "")
        if _is_new(self.captions):
            self.captions.name = random_name(self.captions.name or "")
        super().save(*args, **kwargs)


def _is_new(file: Any) -> bool:
    # Not committed: it was just given, and is about to be stored.
    return bool(file) and not file._committed


def _check(field: str, check: Callable[..., None], *given: Any) -> None:
    try:
        check(*given)
    except ValidationError as fault:
        raise ValidationError({field: fault.messages}) from fault


def recording_path(recording: Recording, filename: str) -> str:
    """Return where a recording is stored: under its own id, never the sender's name for it."""
    return f"recordings/{recording.uuid}"


class Recording(models.Model):
    """A file that a member handed in over the API: seen by its owner and those who teach them."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recordings"
    )
    file = models.FileField(upload_to=recording_path)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    seconds = models.FloatField(null=True)
    created_at = models.DateTimeField(default=now)
