"""What we ask providers: short questions, short answers, and never for long."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from time import monotonic
from typing import Any

import requests
from allauth.socialaccount.providers.base import ProviderException
from django.conf import settings
from urllib3.exceptions import HTTPError

from lyceum.kernel.errors import Unavailable

MOST_BYTES = 1024 * 1024


class ProviderUnavailable(Unavailable, ProviderException):
    """
    The provider that one logs in with cannot be reached, or does not answer in time.

    Nothing is wrong with what was sent. Try again later, or log in in another way.
    """

    code = "provider_unavailable"
    detail = "The provider does not answer at the moment."


@dataclass(frozen=True)
class Answer:
    """What a provider answered: its status, and its JSON as an object ({} for anything else)."""

    status: int
    body: dict[str, Any]

    @property
    def is_ok(self) -> bool:
        return self.status < HTTPStatus.MULTIPLE_CHOICES


def ask(
    method: str,
    address: str,
    *,
    query: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Answer:
    """
    Ask a provider at an address of its own, which the code names; follow no redirect.

    Waits for `LYCEUM_PROVIDER_SECONDS` at most for the connection and for each part of the answer,
    and for twice as long in all.

    :raises ProviderUnavailable: if it cannot be reached, is slow, or says that it is broken
    """
    try:
        with requests.request(
            method,
            address,
            params=query,
            data=form,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
            timeout=settings.LYCEUM_PROVIDER_SECONDS,
            allow_redirects=False,
            stream=True,
        ) as response:
            body = _body(response, deadline=monotonic() + 2 * settings.LYCEUM_PROVIDER_SECONDS)
    except (requests.RequestException, HTTPError, OSError) as error:
        raise ProviderUnavailable(retry_after=30) from error
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ProviderUnavailable(retry_after=30)
    return Answer(response.status_code, body)


def _body(response: requests.Response, *, deadline: float) -> dict[str, Any]:
    content = b""
    # One read of the connection at a time: what comes drop by drop must not hold a worker.
    while part := response.raw.read1(64 * 1024):
        content += part
        if len(content) > MOST_BYTES or monotonic() > deadline:
            raise requests.Timeout
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
