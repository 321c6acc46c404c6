"""What those who run the instance look at: is it alive, is it ready."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from lyceum.http.health import readiness
from lyceum.http.routing import PUBLIC, Router
from lyceum.http.schemas import Answer
from lyceum.kernel.clock import now

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
    outbox_lag_seconds: float


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
