"""
Logging in with Facebook.

Source: Facebook's "Manually Build a Login Flow", "Securing Graph API Requests" and "Limited Login".
Facebook says who it is by its Graph API; only apps under Limited Login have an ID token. Nothing it
tells means that an address was proved.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.facebook.provider import FacebookProvider as AllauthFacebook
from allauth.socialaccount.providers.facebook.views import FacebookOAuth2Adapter
from django.http import HttpRequest

from lyceum.accounts.social.id_tokens import Issuer, TokenRefused, claims_of, spend
from lyceum.accounts.social.openid import CodeFlow, OwnProvider
from lyceum.accounts.social.outgoing import ask

# A version is served for two years at least, then the next one answers in its place.
VERSION = "v23.0"
FIELDS = "id,email,name,first_name,last_name"
LONGEST_ID = 191
# What an ID token calls otherwise than the Graph API does.
NAMES = {"sub": "id", "given_name": "first_name", "family_name": "last_name"}


class FacebookFlow(CodeFlow, FacebookOAuth2Adapter):
    authorize_url = f"https://www.facebook.com/{VERSION}/dialog/oauth"
    access_token_url = f"https://graph.facebook.com/{VERSION}/oauth/access_token"

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """
        Return the log-in that the provider's token stands for.

        :raises OAuth2Error: if Facebook does not take its own token
        """
        provider = self.get_provider()
        return provider.sociallogin_from_response(request, provider.person_of(token.token))


class FacebookProvider(OwnProvider, AllauthFacebook):
    """Facebook, by its Graph API; by ID tokens under Limited Login."""

    oauth2_adapter_class = FacebookFlow
    graph = f"https://graph.facebook.com/{VERSION}"
    issuer = Issuer(
        names=("https://www.facebook.com",),
        keys="https://limited.facebook.com/.well-known/oauth/openid/jwks/",
    )

    def get_default_scope(self) -> list[str]:
        return ["public_profile", "email"]

    def verify_token(self, request: HttpRequest, token: Mapping[str, Any]) -> Any:
        """
        Return the log-in that an app's token stands for.

        An access token is good for as long as Facebook says, an ID token once.

        :raises ValidationError: with the reason as its code
        :raises ProviderUnavailable: if Facebook does not answer
        """
        try:
            if access_token := token.get("access_token"):
                inspected = self._inspected(access_token)
                person = self.person_of(access_token)
                if person["id"] != inspected.get("user_id"):
                    raise TokenRefused
            else:
                person = self._person_of_id_token(token.get("id_token"))
        except TokenRefused as refusal:
            raise get_adapter().validation_error(refusal.code) from refusal
        return self.sociallogin_from_response(request, person)

    def person_of(self, access_token: str) -> dict[str, Any]:
        """
        Return what Facebook tells of the person that a token is for.

        :raises TokenRefused: if it does not take the token
        """
        proof = hmac.new(self.app.secret.encode(), access_token.encode(), hashlib.sha256)
        query = {
            "fields": FIELDS,
            "access_token": access_token,
            "appsecret_proof": proof.hexdigest(),
        }
        answer = ask("GET", f"{self.graph}/me", query=query)
        person = answer.body
        has_id = isinstance(person.get("id"), str) and 0 < len(person["id"]) <= LONGEST_ID
        if not answer.is_ok or not has_id:
            raise TokenRefused
        return person

    def _inspected(self, access_token: str) -> dict[str, Any]:
        """Return what a token is; one that another app was given is refused."""
        of_the_app = f"{self.app.client_id}|{self.app.secret}"
        query = {"input_token": access_token, "access_token": of_the_app}
        data = ask("GET", f"{self.graph}/debug_token", query=query).body.get("data")
        if not isinstance(data, dict) or data.get("is_valid") is not True:
            raise TokenRefused
        if str(data.get("app_id")) != self.app.client_id:
            raise TokenRefused
        return data

    def _person_of_id_token(self, id_token: object) -> dict[str, Any]:
        claims = claims_of(id_token, issuer=self.issuer, audience=self.app.client_id)
        spend(str(id_token), claims)
        return {NAMES.get(name, name): value for name, value in claims.items()}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[EmailAddress]:
        email = data.get("email")
        return [EmailAddress(email=email, verified=False, primary=True)] if email else []
