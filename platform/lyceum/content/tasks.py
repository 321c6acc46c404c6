"""What the worker does for content."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from lyceum.content.review.mail import send_review_mails
from lyceum.content.schedule import publish_what_is_due
from lyceum.kernel.clock import now


@db_periodic_task(crontab(minute="*"))
def publish_scheduled() -> None:
    """Publish and withdraw what is due."""
    publish_what_is_due(at=now())


@db_task()
def mail_about_review(name: str, state_id: int, actor_id: int | None) -> None:
    """Write to those whom a review concerns."""
    send_review_mails(name=name, state_id=state_id, actor_id=actor_id)
