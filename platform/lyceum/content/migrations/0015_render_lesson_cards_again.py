"""Lessons are rendered again by their next reader: their cards tell of a picture and a sound."""

from typing import Any

from django.db import migrations


def mark_stale(apps: Any, schema_editor: Any) -> None:
    documents = apps.get_model("content", "Document").objects
    documents.filter(page__content_type__model="lesson").update(stale=True)


class Migration(migrations.Migration):
    dependencies = [("content", "0014_words_of_the_editor")]

    operations = [migrations.RunPython(mark_stale, migrations.RunPython.noop)]
