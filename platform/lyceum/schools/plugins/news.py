"""News to plugins: told where they are in force, once, and undone where their code breaks."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from types import ModuleType
from uuid import UUID

from huey.contrib.djhuey import HUEY

from lyceum.events import deliveries
from lyceum.events.consumers import Consumer, News, consumers, plugins_of_schools
from lyceum.events.deliveries import Due
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.news import listeners
from lyceum.kernel.plugins.plugins import Plugin
from lyceum.schools.current import CurrentSchool, school_by_uuid
from lyceum.schools.plugins.failures import note_failure
from lyceum.schools.scope import current_school, within

logger = logging.getLogger(__name__)


class ListenerBroke(Exception):
    """A plugin's function raised; what it raised is the cause."""


def connect() -> None:
    """Take hooks and listeners from every plugin, and tell the spine. For `AppConfig.ready()`."""
    parts.register("hooks", Part("hooks", check=hooks.check, add=hooks.add))
    parts.register("news", Part("hooks", check=listeners.check, add=_add))
    plugins_of_schools.in_force = _in_force
    plugins_of_schools.wake = _wake_the_worker


def tell_of(due: Due) -> None:
    """
    Make one delivery to a plugin in this process. What breaks is undone, noted and tried later.

    :raises DatabaseError: if the database could not be asked what there is to deliver
    """
    try:
        try:
            with deliveries.writing_late():
                deliveries.deliver_one(due.id)
        except Exception as error:
            if not deliveries.is_busy(error):
                raise
            deliveries.deliver_one(due.id)
    except ListenerBroke as broke:
        put_off(due, broke.__cause__ or broke)


def put_off(due: Due, error: BaseException) -> None:
    """Note that a plugin failed over a delivery, and put that off."""
    slug = due.consumer.removeprefix(deliveries.TO_PLUGINS)
    school = school_by_uuid(due.school) if due.school else None
    if school is not None:
        note_failure(slug, due.type, school.id, error)
    if not deliveries.postpone(due.id, now()):
        logger.error("%s failed over %s %s for good", slug, due.type, due.id)


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    listeners.add(plugin, module)
    types = listeners.types(plugin.slug)
    if types:
        name = deliveries.TO_PLUGINS + plugin.slug
        told = partial(_tell, plugin.slug)
        consumers.register(name, Consumer(name=name, types=types, apply=told, plugin=plugin.slug))


def _tell(slug: str, told: Sequence[News]) -> None:
    """Call a plugin's functions, unless it was switched off meanwhile: then it never hears."""
    for news in told:
        school = school_by_uuid(news.school) if news.school else None
        if school is None or not _hears(slug, news.type, school):
            continue
        for function in listeners.functions(slug, news.type):
            try:
                with within(school):
                    function(school=school, news=news)
            except (Exception, SystemExit) as error:
                raise ListenerBroke(slug, function.__name__) from error


def _hears(slug: str, type: str, school: CurrentSchool) -> bool:
    return consumers[deliveries.TO_PLUGINS + slug].is_told_where(school.plugins, type)


def _in_force(uuid: UUID) -> frozenset[str]:
    here = current_school()
    school = here if here is not None and here.uuid == uuid else school_by_uuid(uuid)
    return school.plugins if school is not None else frozenset()


def _wake_the_worker() -> None:
    from lyceum.schools.tasks import tell_plugins

    # Where tasks run at once, in the process that asks for them, there is no worker: who wants
    # news told then says so, see `lyceum.testing.news`.
    if not HUEY.immediate:
        tell_plugins()
