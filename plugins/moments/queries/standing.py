"""What a person may do here, for front ends to show no form that would be refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from lyceum.plugin.community import check_posting
from lyceum.plugin.errors import DomainError
from plugins.moments.actors import Actor, check_may_post, check_may_write, settings_at


def standing_of(actor: Actor, *, at: datetime) -> dict[str, Any]:
    """Return what somebody may do; of what they may not, the code of the refusal."""

    def posting() -> None:
        check_posting(author=actor.user, school=actor.school, at=at)

    return {
        "post": _refusal(lambda: check_may_post(actor), posting),
        "comment": _refusal(lambda: check_may_write(actor), posting),
        "media": settings_at(actor.school).media,
        "may_feature": actor.may("feature"),
    }


def _refusal(*checks: Callable[[], None]) -> str:
    try:
        for check in checks:
            check()
    except DomainError as refused:
        return refused.code
    return ""
