"""The libraries of files that creators draw on, and the recordings that learners hand in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.utils.file import hash_filelike
from wagtailmedia.models import AbstractMedia

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class LibraryImage(AbstractImage):
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)

    # Wagtail's tags are one list for the whole instance, and would tell one school of another.
    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        *(f"focal_point_{side}" for side in ("x", "y", "width", "height")),
    )


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

    admin_form_fields = ("title", "file", "collection")

    @property
    def url(self) -> str:
        """The address for editors."""
        return reverse("lyceum_files:document", args=[self.pk])


class LibraryMedia(AbstractMedia):
    """An audio or video file, with its captions (WebVTT) and transcript."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    captions = models.FileField(upload_to="captions", blank=True, help_text="WebVTT (.vtt)")
    transcript = models.TextField(blank=True)
    # SHA-1 of the contents, as Wagtail keeps it of images and documents.
    file_hash = models.CharField(max_length=40, blank=True, editable=False, db_index=True)

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "captions",
        "transcript",
        "thumbnail",
    )

    @property
    def url(self) -> str:
        """The address for editors."""
        return reverse("lyceum_files:media", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Not committed: the file is new, and about to be stored.
        if self.file and not self.file._committed:
            self.file_hash = hash_filelike(self.file.file)
        super().save(*args, **kwargs)


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
