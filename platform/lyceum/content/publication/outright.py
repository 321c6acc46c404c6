"""Publishing pages that were never a draft, in one save: what an import makes by the hundred."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.log_actions import log
from wagtail.models import Revision
from wagtail.signals import page_published

from lyceum.content.models import BasePage
from lyceum.content.publication.gate import check_ready
from lyceum.kernel.clock import now


@transaction.atomic
def publish_outright(page: Any, *, below: BasePage, actor: Any = None) -> None:
    """
    Add a new page that readers see at once; all is left as a draft that was published leaves it.

    :raises ValidationError: if a field does not hold
    :raises NotReady: if the page cannot be published as it is
    :raises PublishPagePermissionError: if the actor, where there is one, may not publish here
    """
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = now()
    below.add_child(instance=page)
    if actor is not None and not page.permissions_for_user(actor).can_publish():
        raise PublishPagePermissionError("You do not have permission to publish this page.")
    check_ready(page)
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=actor,
        content=page.serializable_data(),
        object_str=str(page),
    )
    page.latest_revision = page.live_revision = revision
    page.latest_revision_created_at = revision.created_at
    BasePage.objects.filter(pk=page.pk).update(
        latest_revision=revision,
        live_revision=revision,
        latest_revision_created_at=revision.created_at,
    )
    log(
        instance=page,
        action="wagtail.publish",
        user=actor,
        revision=revision,
        content_changed=True,
    )
    page_published.send(sender=type(page), instance=page, revision=revision)
