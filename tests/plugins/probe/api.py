"""The probe's endpoints: some that any member may call, one that asks for its own right."""

from __future__ import annotations

from django.http import HttpRequest

from lyceum.plugin.http import MEMBER, Answer, Router, permitted

router = Router(tags=["probe"])


class EchoOut(Answer):
    """What was said to the probe."""

    said: str


@router.get(
    "/echo", access=MEMBER, scope="probe:read", response=EchoOut, summary="Say something back"
)
def echo(request: HttpRequest, said: str = "") -> dict[str, str]:
    return {"said": said}


@router.put(
    "/echo", access=MEMBER, scope="probe:write", response=EchoOut, summary="Say it another way"
)
def put_echo(request: HttpRequest, said: str = "") -> dict[str, str]:
    return {"said": said}


@router.get("/secret", access=permitted("probe.look"), response=EchoOut, summary="Look inside")
def secret(request: HttpRequest) -> dict[str, str]:
    return {"said": "for teachers"}
