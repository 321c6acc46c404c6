"""The one router of this plugin, and what its endpoints share."""

from __future__ import annotations

from django.http import HttpResponse

from lyceum.plugin.http import Router
from plugins.moments.services.posting import Posted

router = Router(tags=["moments"])
NOTHING = {204: None}


def say_where(response: HttpResponse, address: str, posted: Posted) -> None:
    """Say where a thing that was made is read, and whether it had been made before."""
    response["Location"] = address
    if posted.replayed:
        response["Idempotent-Replayed"] = "true"
