"""Counts of lessons and exercises: columns on what holds them, kept true with the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from content_types.models import Bank, Category, Exercise, Lesson, Subcategory
from lyceum.plugin.content import counts_changed, from_path
from lyceum.plugin.pages import BasePage

STEP = BasePage.steplen
# Below the school lie categories, banks and courses: what changes in one is counted there alone.
SECTION = 3 * STEP

COUNTED: dict[type[Any], tuple[str, ...]] = {
    Category: ("lessons_count", "exercises_count"),
    Subcategory: ("lessons_count", "exercises_count"),
    Lesson: ("exercises_count",),
    Bank: ("exercises_count",),
}


@dataclass(frozen=True)
class Miscount:
    """A page whose columns are not what is there: `found` is in them, `right` should be."""

    page_id: int
    found: tuple[int, ...]
    right: tuple[int, ...]


def recount(paths: Sequence[str]) -> None:
    """
    Bring the counts around some places of the tree up to date.

    Of each, the whole section (category or bank) that it lies in is counted; a school's own path
    counts all of it. Pages whose counts changed are rendered again.
    """
    for section in sorted({path[:SECTION] for path in paths}):
        for model, wrong in miscounts(section):
            for one in wrong:
                columns = dict(zip(COUNTED[model], one.right, strict=True))
                model.objects.filter(pk=one.page_id).update(**columns)
            counts_changed([one.page_id for one in wrong])


def miscounts(path: str) -> Iterable[tuple[type[Any], list[Miscount]]]:
    """Yield, for each type that counts, the pages from a path down whose counts are wrong."""
    totals = _count_below(path)
    for model, columns in COUNTED.items():
        rows = from_path(model.objects.order_by(), path)
        wrong = []
        for pk, page_path, *found in rows.values_list("pk", "path", *columns):
            lessons, exercises = totals[page_path]
            right = (lessons, exercises) if len(columns) == 2 else (exercises,)
            if tuple(found) != right:
                wrong.append(Miscount(pk, tuple(found), right))
        if wrong:
            yield model, wrong


def _count_below(path: str) -> dict[str, list[int]]:
    """Return for each place from a path down how many lessons and exercises readers find there."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at, model in enumerate((Lesson, Exercise)):
        pages = from_path(model.objects.order_by(), path).published()
        for found in pages.values_list("path", flat=True):
            for end in range(SECTION, len(found), STEP):
                totals[found[:end]][at] += 1
    return totals


def miscounted(path: str) -> list[str]:
    """Return, in words, what is counted wrongly below a path."""
    return [
        f"{model._meta.verbose_name} {one.page_id}: {one.found} instead of {one.right}"
        for model, wrong in miscounts(path)
        for one in wrong
    ]
