"""Limits on trying: how often a person, and an address, may knock at a door that takes codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from lyceum.kernel.errors import Throttled


@dataclass(frozen=True)
class Limit:
    """So many tries in so many seconds: for one person, and for all who share an address."""

    name: str
    by_person: int
    by_address: int
    seconds: int

    def count(self, request: HttpRequest, *, at: datetime) -> None:
        """
        Count one try.

        :raises Throttled: if it is one too many
        """
        window, passed = divmod(int(at.timestamp()), self.seconds)
        tried_by = (
            (f"person:{request.user.pk}", self.by_person),
            (f"address:{get_adapter().get_client_ip(request)}", self.by_address),
        )
        for who, most in tried_by:
            if not self._has_room(f"tries:{self.name}:{window}:{who}", most):
                raise Throttled(retry_after=self.seconds - passed)

    def _has_room(self, key: str, most: int) -> bool:
        # Each try takes a place of its own: to add one is atomic in every cache, to count is not.
        # The count only tells from where places may be free.
        for place in range(cache.get(key, 0), most):
            if cache.add(f"{key}:{place}", 1, self.seconds):
                cache.set(key, place + 1, self.seconds)
                return True
        return False


# Each costs the worker minutes where there is much; a school's whole staff may stand behind one
# address.
EXPORTS = Limit("exports", by_person=10, by_address=100, seconds=24 * 60 * 60)
