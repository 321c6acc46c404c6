"""A school's pages and files as a whole: handed out in an export, and gone with the school."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from wagtail.models import Collection, PageLogEntry, Workflow

from lyceum.content.audit import told_as_a_whole
from lyceum.content.files.dropping import dropped_together
from lyceum.content.models import (
    BasePage,
    ImageRendition,
    LibraryDocument,
    LibraryImage,
    LibraryMedia,
)
from lyceum.content.types import is_there, type_of_model
from lyceum.kernel.holdings import files_of
from lyceum.kernel.privacy import Part
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.dropping import drop_files
from lyceum.schools.models import School

LIBRARIES = (LibraryImage, LibraryDocument, LibraryMedia)
FILES = {LibraryMedia: ("file", "thumbnail", "captions")}
# What says nothing to a reader, or names people.
UNTOLD = {"owner", "locked_by", "latest_revision", "live_revision", "wagtail_admin_comments"}


def parts_of_content(school_id: int) -> Iterator[Part]:
    """Yield all of a school's pages as they were last written, drafts too, and all its files."""
    school = School.objects.select_related("site__root_page").get(pk=school_id)
    yield Part("pages.json", rows=_pages(school))
    for library in LIBRARIES:
        items = library.objects.filter(collection__in=_collections(school)).order_by("pk")
        name = library.__name__.removeprefix("Library").lower()
        yield Part(f"library-{name}.json", rows=_listed(items, FILES.get(library, ("file",))))
        for item in items.iterator(200):
            for field in FILES.get(library, ("file",)):
                file = getattr(item, field)
                if file:
                    yield Part(f"library/{item.uuid}-{_short(file)}", open=_opener(file))


def delete_content(school_id: int) -> None:
    """Delete a school's pages with all that hangs on them, and its files."""
    school = School.objects.select_related("site__root_page").get(pk=school_id)
    root = school.site.root_page
    pages = list(BasePage.objects.filter(path__startswith=root.path).values_list("pk", flat=True))
    workflows = Workflow.objects.filter(workflow_pages__page=root.pk)
    for workflow in list(workflows):
        workflow.delete()
    PageLogEntry.objects.filter(page__in=pages).delete()
    # The root itself holds the site, and goes with it.
    with told_as_a_whole(), dropped_together():
        for page in BasePage.objects.get(pk=root.pk).get_children():
            page.delete()
        gone = list(_delete_library(school))
    # What deleting the pages noted is the school's content too.
    for start in range(0, len(pages), 500):
        PageLogEntry.objects.filter(page__in=pages[start : start + 500]).delete()
    drop_files(gone)


def _delete_library(school: School) -> Iterator[str]:
    """Delete what the school's library holds, and yield the names of its files."""
    for library in LIBRARIES:
        items = library.objects.filter(collection__in=_collections(school))
        yield from (name for _, name in files_of(items, FILES.get(library, ("file",))))
        if library is LibraryImage:
            renditions = ImageRendition.objects.filter(image__in=items)
            yield from (name for _, name in files_of(renditions, ("file",)))
        for item in items.iterator(200):
            item.delete()


def _collections(school: School) -> Any:
    return Collection.objects.get(pk=school.collection_id).get_descendants(inclusive=True)


def _pages(school: School) -> Iterator[dict[str, Any]]:
    path, here = school.site.root_page.path, school_by_id(school.pk)
    ids = BasePage.objects.filter(path__startswith=path).order_by("path")
    for page in ids.iterator(100):
        if not _is_told(page, here):
            type_ = page.cached_content_type
            texts = {name: getattr(page, name) for name in ("title", "slug", "description", "tags")}
            yield {"type": f"{type_.app_label}.{type_.model}", "pk": page.pk, **texts}
            continue
        latest = page.specific.get_latest_revision_as_object()
        told = json.loads(latest.to_json())
        yield {
            "type": page.specific_class._meta.label_lower,
            **{name: value for name, value in told.items() if name not in UNTOLD},
        }


def _is_told(page: BasePage, school: CurrentSchool) -> bool:
    """Return whether a page is told in full: one of a plugin, where that is in force."""
    if page.specific_class is None:
        return False
    kind = type_of_model(page.specific_class._meta.label_lower)
    return kind is None or is_there(kind, school)


def _listed(items: Any, fields: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for item in items.iterator(200):
        files = [getattr(item, field) for field in fields]
        yield {
            "id": str(item.uuid),
            "title": item.title,
            "description": getattr(item, "description", ""),
            "transcript": getattr(item, "transcript", ""),
            "files": [f"library/{item.uuid}-{_short(file)}" for file in files if file],
            "created_at": item.created_at.isoformat(),
        }


def _short(file: Any) -> str:
    return PurePosixPath(file.name).name


def _opener(file: Any) -> Callable[[], Any]:
    return lambda: file.storage.open(file.name)
