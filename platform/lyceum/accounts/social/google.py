"""
Logging in with Google.

Source: Google's OpenID Connect guide and discovery document; the address is proved where
`email_verified` says so.
"""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.providers.google.provider import GoogleProvider as AllauthGoogle
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter

from lyceum.accounts.social.id_tokens import Issuer
from lyceum.accounts.social.openid import OpenIDFlow, OpenIDProvider


class GoogleFlow(OpenIDFlow, GoogleOAuth2Adapter):
    authorize_url = "https://accounts.google.com/o/oauth2/v2/auth"
    access_token_url = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    issuer = Issuer(
        names=("https://accounts.google.com", "accounts.google.com"),
        keys="https://www.googleapis.com/oauth2/v3/certs",
    )


class GoogleProvider(OpenIDProvider, AllauthGoogle):
    """Google, by its ID tokens."""

    oauth2_adapter_class = GoogleFlow
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid", "profile", "email"]

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:
        # Some of Google's endpoints write booleans as words.
        proved = str(data.get("email_verified", "")).lower() == "true"
        addresses: list[Any] = super().extract_email_addresses({**data, "email_verified": proved})
        return addresses
