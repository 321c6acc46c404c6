"""What the audit says of pages: made, published, taken back, moved and deleted, by any door.

Wagtail's editor, its API and its timetable all write into its own log, where erasing a person and
deleting a school leave gaps. What is written there is written down here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import PageLogEntry

from lyceum.content.models import BasePage, LibraryDocument, LibraryImage, LibraryMedia
from lyceum.content.page_rules import school_of_page
from lyceum.events.services import record_audit
from lyceum.schools.models import School

ACTIONS = {
    "wagtail.create": "page.made",
    "wagtail.copy": "page.copied",
    "wagtail.publish": "page.published",
    "wagtail.publish.scheduled": "page.published",
    "wagtail.publish.schedule": "page.publication_planned",
    "wagtail.schedule.cancel": "page.publication_cancelled",
    "wagtail.unpublish": "page.unpublished",
    "wagtail.unpublish.scheduled": "page.unpublished",
    "wagtail.move": "page.moved",
    "wagtail.delete": "page.deleted",
    "wagtail.lock": "page.locked",
    "wagtail.unlock": "page.unlocked",
    "wagtail.workflow.start": "page.sent_for_review",
    "wagtail.workflow.approve": "page.approved",
    "wagtail.workflow.reject": "page.rejected",
    "wagtail.workflow.cancel": "page.review_cancelled",
}
# Done with their row or not at all, whoever does them: the editor, its API or its timetable.
WHOLE: tuple[type[Any], ...] = (
    CopyPageAction,
    DeletePageAction,
    MovePageAction,
    PublishRevisionAction,
    UnpublishAction,
    UnpublishPageAction,
)
LibraryFile = LibraryImage | LibraryDocument | LibraryMedia
# Files of the library, whoever deletes them: Wagtail logs it of some, and by some of its views.
FILES: dict[type[LibraryFile], str] = {
    LibraryImage: "image",
    LibraryDocument: "document",
    LibraryMedia: "media",
}
# What is so before and after, where the action alone says it.
LIVE = {"page.published": True, "page.unpublished": False}

_silent: ContextVar[bool] = ContextVar("lyceum_audit_of_pages_silent", default=False)


def connect() -> None:
    """Follow Wagtail's log of pages. Called once, when the room is ready."""
    post_save.connect(_logged, PageLogEntry, dispatch_uid="content.audit")
    for library in FILES:
        post_delete.connect(_deleted, library, dispatch_uid="content.audit")
    for action in WHOLE:
        # Wagtail changes a page first and logs it afterwards, and has no setting for it.
        action.execute = transaction.atomic(action.execute)


@contextmanager
def told_as_a_whole() -> Iterator[None]:
    """Write down no single page or file within the block, for what has a row of its own."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def _logged(instance: PageLogEntry, created: bool, raw: bool = False, **_: Any) -> None:
    action = ACTIONS.get(instance.action)
    if action is None or not created or raw or _silent.get():
        return
    page = instance.page
    school = school_of_page(page)
    if school is None:
        return
    by = instance.user
    record_audit(
        action=action,
        school=school.uuid,
        actor=None if by is None else by.uuid,
        target=page.uuid,
        target_type="page",
        changes={"type": page.cached_content_type.model, **_changes(action, instance)},
    )


def _deleted(sender: type[LibraryFile], instance: LibraryFile, **_: Any) -> None:
    if _silent.get():
        return
    above = instance.collection.get_ancestors(inclusive=True)
    school = School.objects.filter(collection__in=above).first()
    by = get_active_log_context().user
    record_audit(
        action="file.deleted",
        school=None if school is None else school.uuid,
        actor=None if by is None else by.uuid,
        target=instance.uuid,
        target_type="file",
        changes={"type": FILES[sender]},
    )


def _changes(action: str, entry: PageLogEntry) -> dict[str, Sequence[Any] | str]:
    """Return what was before and after. No title: people are named in some."""
    if action in LIVE:
        after = LIVE[action]
        return {"live": [getattr(entry.page, "_was_live", not after), after]}
    if action == "page.moved":
        ends = [entry.data[end]["id"] for end in ("source", "destination")]
        uuids = dict(BasePage.objects.filter(pk__in=ends).values_list("pk", "uuid"))
        return {"below": [str(uuids.get(end, "")) for end in ends]}
    if action == "page.deleted":
        return {"live": [entry.page.live, False]}
    return {}
