"""Every order of a list has an index: documents know their place by title, pages have theirs."""

import django.db.models.functions.comparison
from django.db import migrations, models

import lyceum.content.sorting


class Migration(migrations.Migration):
    dependencies = [("content", "0009_render_captions_again")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="shelf",
            field=models.CharField(db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="document",
            name="sort_key",
            field=models.BinaryField(db_default=b"", default=b""),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["shelf", "language", "sort_key"], name="document_by_title"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("stale", True)), fields=["page"], name="stale_document"
            ),
        ),
        migrations.AddIndex(
            model_name="basepage",
            index=models.Index(
                lyceum.content.sorting.SchoolPart("path"),
                models.F("content_type"),
                models.F("created_at"),
                models.F("path"),
                name="page_by_creation",
            ),
        ),
        migrations.AddIndex(
            model_name="basepage",
            index=models.Index(
                lyceum.content.sorting.SchoolPart("path"),
                models.F("content_type"),
                django.db.models.functions.comparison.Coalesce("last_published_at", "created_at"),
                models.F("path"),
                name="page_by_change",
            ),
        ),
    ]
