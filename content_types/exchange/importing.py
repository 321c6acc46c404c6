"""Bringing a content folder into a school: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation

from content_types.exchange.checks import check_folder
from content_types.exchange.complaints import Complaints
from content_types.exchange.contents import read_contents
from content_types.exchange.folders import Folder, read_folder
from content_types.exchange.media import Shelf
from content_types.exchange.placing import Placing
from content_types.exchange.school_tree import MODELS, Found, pages_of, prerequisites_of
from content_types.exchange.school_tree import Path as Slugs
from lyceum.plugin.audit import Action, record_audit
from lyceum.plugin.content import changing_many
from lyceum.plugin.schools import CurrentSchool

IMPORTED = Action(
    "content.imported",
    "A content folder was brought into the school.",
    "the school",
    {"made": "0, and how many pages were made", "changed": "0, and how many were changed"},
)


@dataclass(frozen=True)
class Imported:
    """What an import did, in pages and files."""

    made: int
    changed: int
    unchanged: int
    unpublished: int
    files: int


def import_folder(
    root: Path,
    *,
    school: CurrentSchool,
    prune: bool = False,
    dry_run: bool = False,
    actor: Any = None,
) -> Imported:
    """
    Make a school's content say what a folder says, in one transaction.

    Pages are matched by the slugs that lead to them. What already says the same is left alone;
    what the folder does not have is too, or with `prune` unpublished. A `dry_run` only checks.

    :raises FolderRefused: with every complaint, if anything is wrong; nothing is written then
    """
    complaints = Complaints()
    folder = read_folder(root, languages=school.languages, complaints=complaints)
    existing = pages_of(school)
    check_folder(folder, school=school, existing=existing, required=prerequisites_of(school))
    shelf = Shelf(school.collection_id, root / "media", complaints)
    try:
        with transaction.atomic(), translation.override(school.language):
            contents = read_contents(folder, shelf)
            complaints.raise_if_any()
            placing = Placing(folder, contents, school=school, existing=existing, actor=actor)
            with changing_many(school.root_path):
                placing.place()
                unpublished = _prune(folder, existing, actor) if prune else 0
            done = _told(folder, placing, unpublished=unpublished, files=len(shelf.added))
            _record(school.uuid, done, actor)
            transaction.set_rollback(dry_run)
    except BaseException:
        shelf.discard()
        raise
    if dry_run:
        shelf.discard()
    return done


def _prune(folder: Folder, existing: dict[Slugs, Found], actor: Any) -> int:
    """Unpublish the pages that the folder does not have, deepest first; return how many."""
    kept = {node.path for node in folder.walk()}
    gone = [page for path, page in existing.items() if path not in kept and page.live and page.kind]
    for found in reversed(gone):
        MODELS[found.kind].objects.get(pk=found.id).unpublish(user=actor)
    return len(gone)


def _told(folder: Folder, placing: Placing, *, unpublished: int, files: int) -> Imported:
    pages = {node.path for node in folder.walk()}
    changed = (placing.changed & pages) - placing.made
    return Imported(
        made=len(placing.made),
        changed=len(changed),
        unchanged=len(pages - placing.made - changed),
        unpublished=unpublished,
        files=files,
    )


def _record(school: UUID, done: Imported, actor: Any) -> None:
    if done.made or done.changed or done.unpublished:
        record_audit(
            action=IMPORTED.name,
            school=school,
            actor=getattr(actor, "uuid", None),
            target=school,
            target_type="school",
            changes={"made": [0, done.made], "changed": [0, done.changed]},
        )
