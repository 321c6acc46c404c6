"""allauth's addresses, with ours in place of some: put under `_allauth/`."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.headless.constants import Client
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path

from lyceum.accounts.factors import views as factor_views
from lyceum.accounts.signing_in.views import LogInView, NewPasswordView, SignUpView
from lyceum.accounts.social.views import AccountsView, RedirectView, TokenView

OURS: dict[str, Any] = {
    "auth/signup": SignUpView,
    "auth/login": LogInView,
    "auth/password/reset": NewPasswordView,
    "auth/provider/redirect": RedirectView,
    "auth/provider/token": TokenView,
    "account/providers": AccountsView,
    "auth/2fa/authenticate": factor_views.AuthenticateView,
    "auth/2fa/reauthenticate": factor_views.ReauthenticateView,
    "auth/webauthn/authenticate": factor_views.AuthenticateWebAuthnView,
    "auth/webauthn/reauthenticate": factor_views.ReauthenticateWebAuthnView,
    "auth/webauthn/login": factor_views.LoginWebAuthnView,
    "auth/webauthn/signup": factor_views.SignUpByPasskeyView,
    "account/authenticators/totp": factor_views.ManageTOTPView,
    "account/authenticators/webauthn": factor_views.ManageWebAuthnView,
}


def _nothing(request: HttpRequest, client: str) -> NoReturn:
    raise Http404


urlpatterns = [
    *(
        path(f"{client.value}/v1/{place}", view.as_api_view(client=client))
        for client in (Client.APP, Client.BROWSER)
        for place, view in OURS.items()
    ),
    # Nobody here is known by a phone: allauth would need a sender of text messages.
    re_path(r"^(?P<client>app|browser)/v1/(?:auth|account)/phone(?:/|$)", _nothing),
    path("", include("allauth.headless.urls")),
]
