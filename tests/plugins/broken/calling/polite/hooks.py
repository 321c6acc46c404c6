"""Called within a request, and told by the worker."""

from __future__ import annotations

from lyceum.plugin.audit import record_audit
from lyceum.plugin.hooks import News, hookimpl, on
from lyceum.plugin.schools import CurrentSchool


@hookimpl
def play(how: str) -> str:
    return f"polite: {how}"


@on("stage.asked")
def hear(school: CurrentSchool, news: News) -> None:
    record_audit(action="polite.heard", school=school.uuid, changes={"how": ["", news.data["how"]]})
