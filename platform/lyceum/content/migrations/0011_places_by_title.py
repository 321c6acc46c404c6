"""Each document that is kept gets its place among the titles of its list, from its own card."""

import json
from typing import Any

from django.db import migrations

from lyceum.content.sorting import shelf_of, sort_key

BATCH = 500


def give_places(apps: Any, schema_editor: Any) -> None:
    documents = apps.get_model("content", "Document").objects
    batch = []
    # One that was never rendered has no card: its next reader makes it, with its place.
    wanted = documents.exclude(card="").select_related("page").defer("body")
    for document in wanted.iterator(chunk_size=BATCH):
        card = json.loads(document.card)
        document.shelf = shelf_of(document.page.path, card["type"])
        document.sort_key = sort_key(card["title"], document.page_id)
        batch.append(document)
        if len(batch) == BATCH:
            documents.bulk_update(batch, ["shelf", "sort_key"])
            batch.clear()
    documents.bulk_update(batch, ["shelf", "sort_key"])


class Migration(migrations.Migration):
    dependencies = [("content", "0010_lists_by_index")]

    operations = [migrations.RunPython(give_places, migrations.RunPython.noop)]
