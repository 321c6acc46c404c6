"""Called within a request, and told by the worker."""

from __future__ import annotations

import os
from datetime import datetime
from uuid import UUID

from lyceum.plugin.audit import record_audit
from lyceum.plugin.community import Party, Reportable, Seen
from lyceum.plugin.hooks import News, hookimpl, on
from lyceum.plugin.schools import CurrentSchool
from plugins.unruly import parts


@hookimpl
def play(how: str) -> str:
    return "unruly: " + parts.play(how)


@hookimpl
def register_reportables() -> list[Reportable]:
    # In the worker, which asks when it empties bins; and where a test says how.
    parts.play(os.environ.get("UNRULY_IN_THE_WORKER", "fine"))
    return [Reportable("unruly.thing", "Thing", _look, _change, _change, _change)]


def _look(school: CurrentSchool, thing: UUID, reader: Party) -> Seen:
    return Seen(author=None, excerpt="A thing")


def _change(school: CurrentSchool, thing: UUID, at: datetime) -> None:
    record_audit(action="unruly.wrote", school=school.uuid)
    parts.play(os.environ.get("UNRULY_MODERATED", "fine"))


@on("stage.asked")
def hear(school: CurrentSchool, news: News) -> None:
    if news.data["how"] == "write and sleep":
        record_audit(action="unruly.wrote", school=school.uuid)
        parts.play("sleep")
    parts.play(news.data["how"])
