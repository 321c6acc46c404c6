"""Rendered documents: what the API answers, made at publication and stored as text."""

from __future__ import annotations

from django.db import models

from lyceum.content.models.pages import BasePage


class Document(models.Model):
    """
    One page in one language, rendered for readers.

    `body` is the detail and `card` the list entry, both JSON text spliced into answers as they
    are. What depends on the reader is never in them. A stale one is rendered again when read.

    `shelf` says in which list it stands, and `sort_key` where, by its title (`content.sorting`).
    """

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=10)
    body = models.TextField()
    card = models.TextField()
    digest = models.CharField(max_length=32)
    stale = models.BooleanField(default=False)
    rendered_at = models.DateTimeField()
    shelf = models.CharField(max_length=40, default="", db_default="")
    sort_key = models.BinaryField(default=b"", db_default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="one_document_a_language")
        ]
        indexes = [
            models.Index(fields=["shelf", "language", "sort_key"], name="document_by_title"),
            models.Index(fields=["page"], condition=models.Q(stale=True), name="stale_document"),
        ]


class DocumentReference(models.Model):
    """
    One thing that a page's documents show: another page, a file, its captions, a plugin.

    Or one that they lack: a block whose plugin was not in force when they were rendered.
    `target` is the thing's UUID, a plugin's slug, or a block's name. Who changes the thing finds
    here what to render again; who asks for a file is let in by the pages that show it.
    """

    class Kind(models.TextChoices):
        PAGE = "page"
        FILE = "file"
        TEXTS = "texts"
        PLUGIN = "plugin"
        AWAITED = "awaited"

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    target = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "kind", "target"], name="one_reference_a_thing")
        ]
        indexes = [models.Index(fields=["kind", "target"], name="reference_by_target")]


class PageTag(models.Model):
    """A published page's tag, for filters. Rewritten with its documents."""

    page = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="tag_rows")
    tag = models.CharField(max_length=50)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "tag"], name="one_row_a_tag")]
        indexes = [models.Index(fields=["tag", "page"], name="page_by_tag")]
