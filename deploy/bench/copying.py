"""Very many lessons, made quickly, and as the product itself would have made them.

One lesson goes the product's own way: made, published, rendered. The others are copies of its rows,
under names of their own, since making them one by one takes a tenth of a second each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection

from lyceum.content.sorting import sort_key
from lyceum.kernel.identity import new_uuid

LEVELS = ("A1", "A2", "B1", "B2")
BATCH = 1000
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def copy_lesson(template: Any, subcategories: list[Any], wanted: int) -> list[Any]:
    """Return copies of a published lesson, spread over subcategories, and its documents."""
    base_page = apps.get_model("content", "BasePage")
    row = base_page.objects.filter(pk=template.pk).values().get()
    documents = list(
        apps.get_model("content", "Document").objects.filter(page_id=template.pk).values()
    )
    tags = [row["tag"] for row in template.tag_rows.values()]
    made: list[Any] = []
    share = -(-wanted // len(subcategories))
    for subcategory in subcategories:
        number = min(share, wanted - len(made))
        there = base_page.objects.get(pk=subcategory.pk).numchild
        pages = [
            base_page(
                **{
                    **row,
                    **as_copy(subcategory, there + place, len(made) + place),
                    "last_published_at": row["last_published_at"]
                    + timedelta(seconds=len(made) + place),
                }
            )
            for place in range(1, number + 1)
        ]
        made += base_page.objects.bulk_create(pages, batch_size=BATCH)
        base_page.objects.filter(pk=subcategory.pk).update(numchild=there + number)
    copy_child_rows(template, made)
    for name, rows in (
        (
            "Document",
            (of_copy(document, template, page) for page in made for document in documents),
        ),
        ("PageTag", ({"page_id": page.pk, "tag": tag} for page in made for tag in tags)),
    ):
        model = apps.get_model("content", name)
        insert(model, rows)
    return made


def as_copy(parent: Any, place: int, number: int) -> dict[str, Any]:
    """Return what a copy has of its own."""
    slug = f"lesson-{number}"
    title = f"Good morning, {number}"
    return {
        "id": None,
        "uuid": new_uuid(),
        "translation_key": uuid4(),
        "path": parent.path + in_base_36(place),
        "depth": parent.depth + 1,
        "numchild": 0,
        "slug": slug,
        "url_path": f"{parent.url_path}{slug}/",
        "title": title,
        "title_en": title,
        "title_es": f"{title} (es)",
        "draft_title": title,
        "level": LEVELS[number % len(LEVELS)],
        "latest_revision_id": None,
        "live_revision_id": None,
    }


def of_copy(document: dict[str, Any], template: Any, page: Any) -> dict[str, Any]:
    """Return the document of a copy: the template's, with the copy's names in it."""
    title = getattr(page, f"title_{document['language']}")
    own = {
        **document,
        "id": None,
        "page_id": page.pk,
        "digest": uuid4().hex,
        "sort_key": sort_key(title, page.pk),
    }
    for part in ("card", "body"):
        own[part] = (
            document[part]
            .replace(str(template.uuid), str(page.uuid))
            .replace(template.slug, page.slug)
            .replace(template.title, page.title)
            .replace('"level":"A1"', f'"level":"{page.level}"')
        )
    return own


def copy_child_rows(template: Any, copies: list[Any]) -> None:
    """Give each copy its row in the lessons' own table. Django makes no such rows in bulk."""
    meta = template._meta
    columns = [field.column for field in meta.local_concrete_fields if not field.primary_key]
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    key = connection.ops.quote_name(meta.pk.column)
    table = connection.ops.quote_name(meta.db_table)
    statement = (
        f"INSERT INTO {table} ({key}, {quoted}) SELECT page.id, {quoted} FROM {table}"  # noqa: S608
        f" CROSS JOIN content_basepage page WHERE {key} = %s AND page.id BETWEEN %s AND %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [template.pk, copies[0].pk, copies[-1].pk])


def insert(model: Any, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[Any] = []
    for row in rows:
        batch.append(model(**row))
        if len(batch) == BATCH:
            model.objects.bulk_create(batch)
            batch.clear()
    model.objects.bulk_create(batch)


def in_base_36(number: int) -> str:
    """Return a number as a step of the tree writes it: four digits."""
    digits = ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
    return digits
