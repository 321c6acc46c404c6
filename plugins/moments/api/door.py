"""The one router of this plugin, and what its endpoints share."""

from __future__ import annotations

from django.http import HttpResponse

from lyceum.plugin.http import Limit, Router
from plugins.moments.services.posting import Posted

router = Router(tags=["moments"])
NOTHING = {204: None}
# What a personal token is made for to come in.
READ, WRITE = "moments:read", "moments:write"

# What nobody does by hand. A whole school may share an address.
HOUR = 60 * 60
POSTING = Limit("moments.posting", by_person=60, by_address=1200, seconds=HOUR)
SENDING = Limit("moments.sending", by_person=120, by_address=1200, seconds=HOUR)
COMMENTING = Limit("moments.commenting", by_person=300, by_address=6000, seconds=HOUR)
LIKING = Limit("moments.liking", by_person=1000, by_address=20_000, seconds=HOUR)
FOLLOWING = Limit("moments.following", by_person=200, by_address=4000, seconds=HOUR)


def say_where(response: HttpResponse, address: str, posted: Posted) -> None:
    """Say where a thing that was made is read, and whether it had been made before."""
    response["Location"] = address
    if posted.replayed:
        response["Idempotent-Replayed"] = "true"
