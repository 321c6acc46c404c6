"""allauth's addresses, with ours in place of some: put under `_allauth/`."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.headless.account.views import ManageEmailView, SessionView, VerifyEmailView
from allauth.headless.constants import Client
from django.http import Http404, HttpRequest
from django.urls import include, path, re_path

from lyceum.accounts.factors import views as factor_views
from lyceum.accounts.signing_in.views import (
    AskForPasswordView,
    LogInView,
    NewPasswordView,
    SignUpView,
)
from lyceum.accounts.social.views import AccountsView, RedirectView, TokenView
from lyceum.kernel.whole import whole

OURS: dict[str, Any] = {
    "auth/signup": SignUpView,
    "auth/login": LogInView,
    "auth/password/request": AskForPasswordView,
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
    "account/authenticators/recovery-codes": factor_views.ManageRecoveryCodesView,
    "account/email": ManageEmailView,
    "auth/email/verify": VerifyEmailView,
    "auth/session": SessionView,
}
# allauth changes first and tells us afterwards: here it does both or neither.
WHOLE = {
    "auth/2fa/authenticate": frozenset({"POST"}),
    "auth/2fa/reauthenticate": frozenset({"POST"}),
    "auth/webauthn/signup": frozenset({"PUT"}),
    "account/authenticators/totp": frozenset({"POST", "DELETE"}),
    "account/authenticators/webauthn": frozenset({"POST", "DELETE"}),
    "account/authenticators/recovery-codes": frozenset({"POST"}),
    "account/email": frozenset({"PATCH", "DELETE"}),
    "account/providers": frozenset({"DELETE"}),
    "auth/email/verify": frozenset({"POST"}),
    "auth/session": frozenset({"DELETE"}),
}


def _nothing(request: HttpRequest, client: str) -> NoReturn:
    raise Http404


def _view(place: str, client: Client) -> Any:
    view = OURS[place].as_api_view(client=client)
    return whole(view, methods=WHOLE[place]) if place in WHOLE else view


urlpatterns = [
    *(
        path(f"{client.value}/v1/{place}", _view(place, client))
        for client in (Client.APP, Client.BROWSER)
        for place in OURS
    ),
    # Nobody here is known by a phone: allauth would need a sender of text messages.
    re_path(r"^(?P<client>app|browser)/v1/(?:auth|account)/phone(?:/|$)", _nothing),
    path("", include("allauth.headless.urls")),
]
