"""Two providers on loopback, and an instance whose operator named all three."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.providers import registry

from deploy.providers import providers as providers_of
from tests.services.providers.loopback import (
    Providers,
    apple_at,
    facebook_at,
    google_at,
    providers,
)
from tests.services.providers.pages import CALLBACK, CENTRE


@pytest.fixture(scope="session")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Providers]:
    bases = ("http://toto.test", "http://open.test", CENTRE)
    uris = [
        base + CALLBACK.format(provider)
        for base in bases
        for provider in ("google", "apple", "facebook")
    ]
    with providers(tmp_path_factory.mktemp("providers"), redirect_uris=uris) as both:
        yield both


@pytest.fixture(autouse=True)
def offered(at: Providers, settings: Any) -> Iterator[None]:
    """Have the product find its three providers on loopback, by what an operator would set."""
    settings.SOCIALACCOUNT_PROVIDERS = providers_of(at.environment())
    kept = dict(registry.provider_map)
    for kind in (google_at(at.openid), apple_at(at.others), facebook_at(at.others)):
        registry.register(kind)
    yield
    registry.provider_map.clear()
    registry.provider_map.update(kept)
