"""Moments that make themselves, of what people achieve: where school and person wish it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from lyceum.plugin.community import EmailNotVerified, SuspendedFromContact, check_posting
from lyceum.plugin.hooks import News
from lyceum.plugin.schools import CurrentSchool, active_member
from plugins.moments import news as own_news
from plugins.moments.actors import Actor, settings_at
from plugins.moments.models import Moment, Participant


def make_of(
    *, school: CurrentSchool, news: News, kind: str, subject: dict[str, Any], source: str
) -> None:
    """
    Make a moment of a person's own news, told once however often the news comes.

    :param source: what the moment is of, as `lesson:<id>`
    """
    settings = settings_at(school)
    membership = active_member(school, news.actor) if news.actor and settings.automatic else None
    if membership is None or (membership.is_child and not settings.automatic_for_children):
        return
    person = membership.user
    unwilling = Participant.objects.of(school).filter(person=person, automatic=False)
    if unwilling.exists() or not _may_post(person, school, news.at):
        return
    actor = Actor(person, school, is_staff=membership.is_staff, is_child=membership.is_child)
    try:
        with transaction.atomic():
            moment = Moment.objects.create(
                school_id=school.id,
                author=person,
                kind=kind,
                visibility=settings.automatic_visibility,
                subject=subject,
                source=source,
                created_at=news.at,
            )
            own_news.tell(own_news.MOMENT_POSTED, actor=actor, subject=moment.uuid, at=news.at)
    except IntegrityError:
        return


def _may_post(person: Any, school: CurrentSchool, at: datetime) -> bool:
    """Return whether a person may write to the school: what they may not say, is not said."""
    try:
        check_posting(author=person, school=school, at=at)
    except (EmailNotVerified, SuspendedFromContact):
        return False
    return True
