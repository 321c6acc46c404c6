"""
Logging in with Apple.

Source: Apple's "Sign in with Apple REST API". Apple posts its answer instead of redirecting with
it, wants a signed token for a secret, and tells the name the first time only, beside the ID token.
An address at `privaterelay.appleid.com` is one that Apple forwards, and as good as any.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from allauth.socialaccount.providers.apple.client import AppleOAuth2Client
from allauth.socialaccount.providers.apple.provider import AppleProvider as AllauthApple
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter
from allauth.utils import get_request_param
from django.core.cache import cache
from django.http import HttpRequest

from lyceum.accounts.social.id_tokens import Issuer
from lyceum.accounts.social.openid import NonceClient, OpenIDFlow, OpenIDProvider

LONGEST_NAME = 100
NAME_SECONDS = 10 * 60


def keep_name(state: str, user: str) -> None:
    """Keep the name that Apple posts beside the code, until the same log-in goes on elsewhere."""
    try:
        told = json.loads(user)["name"]
        name = {key: str(told.get(key) or "")[:LONGEST_NAME] for key in ("firstName", "lastName")}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return
    cache.set(_place_of(state), name, NAME_SECONDS)


def _place_of(state: str) -> str:
    return f"apple-name:{sha256(state.encode()).hexdigest()}"


class AppleClient(NonceClient, AppleOAuth2Client):
    """Apple's way of asking, with a nonce."""

    def identification(self) -> dict[str, str]:
        return {
            "client_id": self.get_client_id(),
            "client_secret": self.generate_client_secret(),
        }


class AppleFlow(OpenIDFlow, AppleOAuth2Adapter):
    client_class = AppleClient
    login_cancelled_error = "user_cancelled_authorize"
    authorize_url = "https://appleid.apple.com/auth/authorize"
    access_token_url = "https://appleid.apple.com/auth/token"  # noqa: S105 - an address
    issuer = Issuer(
        names=("https://appleid.apple.com",), keys="https://appleid.apple.com/auth/keys"
    )

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        code = get_request_param(request, "code")
        data: dict[str, Any] = client.get_access_token(code, pkce_code_verifier)
        return data

    def told_beside(self, request: HttpRequest) -> dict[str, Any]:
        state = get_request_param(request, "state", "")
        name = cache.get(_place_of(state))
        cache.delete(_place_of(state))
        return {"name": name} if name else {}


class AppleProvider(OpenIDProvider, AllauthApple):
    """Apple, by its ID tokens."""

    oauth2_adapter_class = AppleFlow
