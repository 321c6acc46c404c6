"""allauth's views of providers, where ours differ, and the place that providers send people to."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from allauth.headless.adapter import get_adapter as get_headless_adapter
from allauth.headless.base.response import AuthenticationResponse
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.internal.restkit.response import ErrorResponse
from allauth.headless.socialaccount.forms import RedirectToProviderForm
from allauth.headless.socialaccount.inputs import DeleteProviderAccountInput, ProviderTokenInput
from allauth.headless.socialaccount.response import SocialAccountsResponse
from allauth.headless.socialaccount.views import (
    ManageProvidersView,
    ProviderTokenView,
    RedirectToProviderView,
)
from allauth.socialaccount import app_settings
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lyceum.accounts.models import User
from lyceum.accounts.social.apple import keep_name
from lyceum.accounts.social.state import address_of, origin_of
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import SchoolRequired

LIMIT = "sign_in_by_provider"
HANDED_ON = ("code", "state", "error")


class SignInExpired(Invalid):
    """
    A provider sent somebody back whose log-in began an hour ago or more, or never.

    Begin again, on the school's own page.
    """

    code = "sign_in_expired"
    detail = "This log-in is over. Begin again on the school's own page."


class RedirectForm(RedirectToProviderForm):
    """Where to go, and where to come back to: a provider for pages, and a page of this school."""

    def clean_provider(self) -> Any:
        provider = super().clean_provider()
        if not provider.supports_redirect:
            raise get_headless_adapter().validation_error("unknown_provider")
        return provider


class RedirectView(RedirectToProviderView):
    """Sends a page of the school's own host to a provider."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if getattr(request, "school_from", "") != "host":
            raise SchoolRequired
        if refusal := ratelimit.consume_or_429(request, action=LIMIT):
            return refusal
        form = RedirectForm(request.POST)
        if not form.is_valid():
            return ErrorResponse(request, input=form)
        sent: HttpResponse = form.cleaned_data["provider"].redirect(
            request,
            form.cleaned_data["process"],
            next_url=form.cleaned_data["callback_url"],
            headless=True,
        )
        return sent


class OfferedProvider(Input):
    """What names a provider: one of those that the settings do."""

    def clean_provider(self) -> str:
        provider = str(self.cleaned_data["provider"])
        if provider not in app_settings.PROVIDERS:
            raise get_headless_adapter().validation_error("unknown_provider")
        return provider


class TokenInput(OfferedProvider, ProviderTokenInput):
    """What an app got from a provider."""


class RemovalInput(OfferedProvider, DeleteProviderAccountInput):
    """Which of one's accounts with providers is to go."""


class TokenView(ProviderTokenView):
    """Logs an app in, or adds to the account of who is signed in."""

    input_class = TokenInput

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if refusal := ratelimit.consume_or_429(request, action=LIMIT):
            return refusal
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_connecting = self.input.cleaned_data["process"] == AuthProcess.CONNECT
        if is_connecting and not request.user.is_authenticated:
            return AuthenticationResponse(request)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class AccountsView(ManageProvidersView):
    """Lists and removes the providers of one's account: those that are still offered."""

    input_class = {"DELETE": RemovalInput}

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            # Two at once could each leave the other's as the last way to log in.
            User.objects.select_for_update().get(pk=str(request.user.pk))
            answer: HttpResponseBase = super().handle(request, *args, **kwargs)
            return answer

    @classmethod
    def respond_provider_accounts(cls, request: HttpRequest) -> SocialAccountsResponse:
        offered = list(app_settings.PROVIDERS)
        accounts = SocialAccount.objects.filter(user=request.user, provider__in=offered)
        return SocialAccountsResponse(request, accounts.order_by("pk"))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def provider_callback(request: HttpRequest, provider: str) -> HttpResponse:
    """
    Take somebody whom a provider sends back; Apple posts.

    What came is checked and used on the school's own host, which alone has the session that the
    log-in began in. Elsewhere, and after a post, which brings no cookie along, it is handed on to
    there: the place is in the state, which is signed.

    :raises SignInExpired: if there is no telling where to
    """
    try:
        found = get_adapter().get_provider(request, provider)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    given = request.POST if request.method == "POST" else request.GET
    state = given.get("state", "")
    origin = origin_of(state)
    school = getattr(request, "school", None)
    if origin is not None and request.method == "POST":
        keep_name(state, given.get("user", ""))
    if origin is not None and (request.method == "POST" or origin.address != address_of(request)):
        handed_on = {name: given[name] for name in HANDED_ON if name in given}
        place = origin.address + reverse("provider_callback", args=[provider])
        return HttpResponseRedirect(f"{place}?{urlencode(handed_on)}")
    if school is None or (origin is not None and origin.school != school.uuid):
        raise SignInExpired
    view = OAuth2CallbackView.adapter_view(found.get_oauth2_adapter(request))
    answer: HttpResponse = view(request)
    return answer
