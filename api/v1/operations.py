"""What those who run the instance look at: is it alive, is it ready."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from pydantic import AwareDatetime, Field

from lyceum.http.health import readiness
from lyceum.http.routing import OPERATOR, PUBLIC, Router
from lyceum.http.schemas import Answer
from lyceum.kernel.clock import now
from lyceum.schools.plugins.health import PluginHealth, health_of_plugins

router = Router(tags=["operations"])


class Live(Answer):
    """The process answers."""

    status: str = "ok"


class Ready(Answer):
    """Each part that the instance needs, `ok` or what is wrong in a word."""

    status: str
    database: str
    cache: str
    files: str
    worker: str
    outbox: str
    plugins: str
    outbox_lag_seconds: float


class SuspensionOut(Answer):
    """A plugin that the host has taken out of force in a school, and why."""

    school: str
    since: AwareDatetime
    because: str


class PluginHealthOut(Answer):
    """A plugin as this process knows it."""

    slug: str
    version: str
    state: str
    reasons: list[str]
    failures: int = Field(description="Of the last day, in all schools.")
    suspensions: list[SuspensionOut]
    warnings: list[str] = Field(description="What it builds upon that a later version lacks.")


class PluginsHealthOut(Answer):
    """The plugins of the instance, those that need somebody first."""

    plugins: list[PluginHealthOut]


@router.get("/health/live", access=PUBLIC, response=Live, summary="Is the process alive?")
def health_live(request: HttpRequest) -> Live:
    return Live()


@router.get(
    "/health/ready",
    access=PUBLIC,
    response={200: Ready, 503: Ready},
    summary="Is everything there that requests need?",
)
def health_ready(request: HttpRequest) -> HttpResponse:
    report = readiness(at=now())
    return JsonResponse(report.body, status=200 if report.is_ready else 503)


@router.get(
    "/health/plugins",
    access=OPERATOR,
    response=PluginsHealthOut,
    summary="Say which plugins are broken, and where some are suspended",
)
def health_plugins(request: HttpRequest) -> dict[str, list[PluginHealth]]:
    return {"plugins": health_of_plugins(at=now())}
