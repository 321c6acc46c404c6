"""What may be done with content, declared to the access room."""

from __future__ import annotations

from functools import partial
from typing import Any

from lyceum.access.registry import declare, school_finders
from lyceum.accounts.models import User
from lyceum.content.rights.pages import may
from lyceum.content.rights.roles import FILE_RIGHTS, PAGE_ACTIONS, PAGE_RIGHTS, roles_with
from lyceum.content.trees import school_id_of_page
from lyceum.schools.roles import CONTENT_CREATOR, MANAGER, TEACHER

LABELS = {
    "add": "Add pages",
    "change": "Change any page",
    "publish": "Publish pages",
    "lock": "Lock pages",
    "unlock": "Unlock pages",
    "bulk_delete": "Delete pages with all below them",
}


def declare_permissions() -> None:
    """Declare the permissions of pages and files; page codes ask the page policy."""
    school_finders.register("content.BasePage", school_id_of_page)
    for action in sorted(PAGE_ACTIONS):
        declare(
            f"content.{action}_basepage",
            LABELS[action],
            *roles_with({action}, PAGE_RIGHTS),
            rule=partial(_on_page, action),
        )
    declare("content.view_drafts", "Read unpublished pages", MANAGER, rule=_works_on)
    declare(
        "content.view_as",
        "See the catalogue as a student or a stranger would",
        *(TEACHER, CONTENT_CREATOR),
    )
    declare("content.grant_pages", "Give pages to people to work on", MANAGER)
    declare("content.upload_files", "Add files to the libraries", *roles_with({"add"}, FILE_RIGHTS))
    declare("content.change_files", "Change every file", *roles_with({"change"}, FILE_RIGHTS))


def _on_page(action: str, user: User, thing: Any) -> bool:
    return hasattr(thing, "path") and may(user, action, thing)


def _works_on(user: User, thing: Any) -> bool:
    return any(_on_page(action, user, thing) for action in ("change", "add", "publish"))
