"""Pages that tell captions are rendered again by their next reader, and then say so."""

from typing import Any

from django.db import migrations


def mark_stale(apps: Any, schema_editor: Any) -> None:
    documents = apps.get_model("content", "Document").objects
    documents.filter(body__contains='/file/captions"').update(stale=True)


class Migration(migrations.Migration):
    dependencies = [("content", "0008_references_to_captions")]

    operations = [migrations.RunPython(mark_stale, migrations.RunPython.noop)]
