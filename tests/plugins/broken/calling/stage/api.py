"""Calls the hook within a request, and publishes news."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest

from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.plugin.events import Fact, publish
from lyceum.plugin.http import SCHOOL, Answer, Router, school_of
from plugins.stage import hookspecs

hooks.specify(hookspecs)
router = Router(tags=["stage"])


class Played(Answer):
    """What those who play contributed."""

    said: list[str]


@router.get("/play", access=SCHOOL, response=Played, summary="Have a part played")
def play(request: HttpRequest, how: str) -> dict[str, list[str]]:
    found = hooks.contributions("play", school=school_of(request), how=how)
    return {"said": [each.value for each in found]}


@router.get("/ask", access=SCHOOL, response=Played, summary="Publish that somebody asked")
def ask(request: HttpRequest, how: str) -> dict[str, list[str]]:
    with transaction.atomic():
        fact = Fact("stage.asked", at=now(), school=school_of(request).uuid, data={"how": how})
        publish(fact)
    return {"said": []}
