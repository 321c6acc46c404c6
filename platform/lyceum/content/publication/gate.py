"""The gate that all publication passes: by the editor, a reviewer, the API, or the timetable."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.utils.forms import FormValidationError

from lyceum.content.models import BasePage
from lyceum.content.publication.remarks import Remark, remarks_on

# While the authoring API answers: what was told of the pages that it published; else None.
_told: ContextVar[list[Remark] | None] = ContextVar("lyceum_told_at_publication", default=None)


class NotReady(FormValidationError):
    """A page that cannot be published as it is. `remarks` are what is to be mended first."""

    def __init__(self, page: Any, remarks: list[Remark]) -> None:
        self.page, self.remarks = page, remarks
        found: dict[tuple[str | int, ...], list[tuple[str, str]]] = {}
        for remark in remarks:
            found.setdefault(remark.path, []).append((str(remark), remark.code))
        super().__init__(found)


def connect() -> None:
    """Stand before every publication. Called once, when the room is ready."""
    publish = PublishRevisionAction.execute

    @functools.wraps(publish)
    def execute(action: Any, skip_permission_checks: bool = False) -> Any:
        # Who may not publish learns nothing of the page.
        action.check(skip_permission_checks=skip_permission_checks)
        if isinstance(action.object, BasePage):
            check_ready(action.object)
        return publish(action, skip_permission_checks=skip_permission_checks)

    PublishRevisionAction.execute = execute


def check_ready(page: Any) -> None:
    """
    Make sure that a page can be published, and note what is told of it.

    :raises NotReady: if something is to be mended first
    """
    remarks = remarks_on(page)
    if errors := [remark for remark in remarks if remark.refuses]:
        raise NotReady(page, errors)
    if (told := _told.get()) is not None:
        told += remarks


@contextmanager
def told_at_publication() -> Iterator[list[Remark]]:
    """Gather the warnings about what is published within the block."""
    told: list[Remark] = []
    token = _told.set(told)
    try:
        yield told
    finally:
        _told.reset(token)
