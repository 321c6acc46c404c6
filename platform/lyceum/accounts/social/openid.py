"""What our providers have in common, on top of allauth's: addresses, code, nonce, and claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.base import ProviderAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.utils import get_request_param
from django.http import HttpRequest

from lyceum.accounts.social.id_tokens import Issuer, TokenRefused, claims_of, spend
from lyceum.accounts.social.outgoing import ask
from lyceum.accounts.social.state import callback_address, is_nonce_of, nonce_of

LONGEST_ADDRESS = 254


class CodeClient(OAuth2Client):
    """Exchanges a code for tokens."""

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """
        Return what the provider gives for a code.

        :raises OAuth2Error: if the provider refuses
        :raises ProviderUnavailable: if it does not answer
        """
        fields = {
            "grant_type": "authorization_code",
            "redirect_uri": self.callback_url,
            "code": code,
            **self.identification(),
        }
        if pkce_code_verifier:
            fields["code_verifier"] = pkce_code_verifier
        answer = ask("POST", self.access_token_url, form=fields)
        if not answer.is_ok or not isinstance(answer.body.get("access_token"), str):
            raise OAuth2Error("The provider gave no token for the code.")
        return answer.body

    def identification(self) -> dict[str, str]:
        """Return what tells the provider that we are asking."""
        return {"client_id": self.consumer_key, "client_secret": self.consumer_secret}


class NonceClient(CodeClient):
    """Asks for an ID token that holds a nonce of this log-in."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: Mapping[str, str]
    ) -> str:
        more = {**extra_params, "nonce": nonce_of(self.state)}
        return str(super().get_redirect_url(authorization_url, scope, more))


class CodeFlow:
    """The part of allauth's OAuth 2 adapters that is ours: mix in before one of them."""

    provider_id: str
    client_class = CodeClient

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return callback_address(request, self.provider_id)

    def parse_token(self, data: Mapping[str, Any]) -> SocialToken:
        """Return the token that was given; it is used at once, and not kept."""
        return SocialToken(token=data["access_token"])


class OpenIDFlow(CodeFlow):
    """The same where the provider says in an ID token who it is."""

    client_class = NonceClient
    issuer: ClassVar[Issuer]

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """
        Return the log-in that the provider's answer stands for.

        :raises OAuth2Error: if its ID token is no good, or was made for another log-in
        """
        audience = app.client_id
        claims = claims_of(
            kwargs["response"].get("id_token"), issuer=self.issuer, audience=audience
        )
        if not is_nonce_of(claims.get("nonce"), get_request_param(request, "state", "")):
            raise OAuth2Error("The ID token was made for another log-in.")
        told = {**claims, **self.told_beside(request)}
        return self.get_provider().sociallogin_from_response(request, told)  # type: ignore[attr-defined]

    def told_beside(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the provider told outside of the token."""
        return {}


class ToldAccount(ProviderAccount):
    """A person's account with a provider, as it is shown to them."""

    def to_str(self) -> str:
        told = self.account.extra_data
        return str(told.get("email") or told.get("name") or self.account.get_provider().name)


class OwnProvider:
    """The part of allauth's providers that is ours: mix in before one of them."""

    account_class = ToldAccount
    app: Any

    @property
    def supports_redirect(self) -> bool:
        """Whether pages can use it: apps of phones have no secret."""
        return bool(self.app.secret)

    def sociallogin_from_response(self, request: HttpRequest, response: Mapping[str, Any]) -> Any:
        """Return the log-in that a provider's words stand for; an address must be one to count."""
        told = dict(response)
        email = told.get("email")
        if not isinstance(email, str) or len(email) > LONGEST_ADDRESS:
            told.pop("email", None)
        return super().sociallogin_from_response(request, told)  # type: ignore[misc]

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is kept: what lets a person tell this account from another of theirs."""
        return {key: data[key] for key in ("email", "name") if isinstance(data.get(key), str)}


class OpenIDProvider(OwnProvider):
    """The same for one whose apps hand us an ID token."""

    oauth2_adapter_class: type[OpenIDFlow]

    def verify_token(self, request: HttpRequest, token: Mapping[str, Any]) -> Any:
        """
        Return the log-in that an app's ID token stands for; it is good once.

        :raises ValidationError: with the reason as its code
        :raises ProviderUnavailable: if the provider's keys cannot be had
        """
        given = token.get("id_token")
        try:
            issuer = self.oauth2_adapter_class.issuer
            claims = claims_of(given, issuer=issuer, audience=self.app.client_id)
            spend(str(given), claims)
        except TokenRefused as refusal:
            raise get_adapter().validation_error(refusal.code) from refusal
        return self.sociallogin_from_response(request, claims)
