"""What allauth asks us about logging in by a provider."""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import add_query_params
from allauth.headless.adapter import get_adapter as get_headless_adapter
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.models import User
from lyceum.accounts.social.outgoing import ProviderUnavailable
from lyceum.accounts.social.sign_up import check_may_use_providers, plain_name, sign_up
from lyceum.accounts.social.state import Origin, address_of, new_state
from lyceum.kernel.clock import now
from lyceum.schools.current import SchoolRequired


class SocialAdapter(DefaultSocialAccountAdapter):
    """Log-ins by the providers that the settings name, at a school."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "account_inactive": _("This account is deactivated."),
        "managed_account": _("A school looks after this account, and has a password for it."),
        "token_expired": _("The token has expired. Ask the provider for another."),
        "token_used": _("The token was used before. Ask the provider for another."),
    }

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return the apps of the settings; those that allauth would keep in a table are unused."""
        return [
            SocialApp(provider=name, **app)
            for name, configured in app_settings.PROVIDERS.items()
            for app in configured.get("APPS", ())
            if provider in {None, name} and client_id in {None, app["client_id"]}
        ]

    def get_app(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> SocialApp:
        """
        Return the app of a provider; without a client id that of its pages, which comes first.

        :raises DoesNotExist: if the settings do not name it
        """
        apps = self.list_apps(request, provider=provider, client_id=client_id)
        if not apps:
            raise SocialApp.DoesNotExist
        return apps[0]

    def list_providers(self, request: HttpRequest) -> list[Any]:
        """Return each provider that the settings name, once, however many apps it has."""
        return [
            kind(request, app=self.get_app(request, kind.id))
            for kind in registry.get_class_list()
            if self.list_apps(request, provider=kind.id)
        ]

    def generate_state_param(self, state: dict[str, Any]) -> str:
        """
        Return what the provider hands back: a secret of this log-in, and its school.

        :raises SchoolRequired: on a host that is no school's
        """
        school = getattr(self.request, "school", None)
        if school is None:
            raise SchoolRequired
        return new_state(Origin(school.uuid, address_of(self.request)))

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> User:
        names = {name: plain_name(data.get(name)) for name in ("first_name", "last_name", "name")}
        user: User = super().populate_user(request, sociallogin, {**data, **names})
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse who may not log in by a provider, or add one to their account."""
        if sociallogin.is_existing:
            check_may_use_providers(sociallogin.user)
        is_connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        if is_connecting and isinstance(request.user, User):
            check_may_use_providers(request.user)

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """
        Sign up at once, without a form.

        allauth would hold any claim of the address against it, and by it anybody could keep its
        owner out. Here only proof counts: `sign_up` sees to that, so allauth gets no address.
        """
        sociallogin.told = sociallogin.email_addresses[:1]
        sociallogin.email_addresses = []
        return True

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        told: list[EmailAddress] = sociallogin.told
        return sign_up(request=request, login=sociallogin, address=next(iter(told), None), at=now())

    def validate_disconnect(self, account: Any, accounts: Any) -> None:
        """
        Refuse to take away the last way to log in.

        :raises ValidationError: `no_password`
        """
        offered = list(app_settings.PROVIDERS)
        others = accounts.exclude(pk=account.pk).filter(provider__in=offered)
        if not account.user.has_usable_password() and not others.exists():
            raise self.validation_error("no_password")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> NoReturn:
        """Send a page that a provider sent back with nothing to its front end, with the reason."""
        state = (extra_context or {}).get("state") or {}
        if error == AuthError.CANCELLED:
            why = "cancelled"
        elif isinstance(exception, ProviderUnavailable):
            why = exception.code
        else:
            why = "provider_refused" if state else "sign_in_expired"
        page = state.get("next") or get_headless_adapter().get_frontend_url(
            "socialaccount_login_error"
        )
        params = {"error": why, "error_process": state.get("process", AuthProcess.LOGIN)}
        raise ImmediateHttpResponse(HttpResponseRedirect(add_query_params(page, params)))
