"""Publishing and withdrawing pages at the time that their editors set."""

from __future__ import annotations

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Revision

from lyceum.content.models import BasePage

logger = logging.getLogger(__name__)


def publish_what_is_due(*, at: datetime) -> int:
    """
    Withdraw what has expired and publish what is due; return how many pages changed.

    Wagtail's own command stops at the first page that cannot be published, and those behind it
    wait for ever. Here each page is a transaction of its own.
    """
    changed = 0
    for page in list(BasePage.objects.filter(live=True, expire_at__lt=at).order_by("expire_at")):
        with transaction.atomic():
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        changed += 1
    due = Revision.page_revisions.filter(approved_go_live_at__lt=at)
    for revision in list(due.order_by("approved_go_live_at")):
        # A page of a plugin whose code is gone waits for it.
        if revision.content_type.model_class() is not None:
            changed += _publish(revision)
    return changed


def _publish(revision: Revision) -> int:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as fault:
        # What it names has changed since it was scheduled: its editor must look at it again.
        logger.warning("Page %s is due, but not published: %s", revision.object_id, fault)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return 0
    return 1
