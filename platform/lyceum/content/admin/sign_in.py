"""The admin's log-in: a password and then the second factor, or a passkey in the place of both."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from wagtail.admin.views.account import LoginView

from lyceum.accounts.signing_in.steps import (
    CodeForm,
    give_up,
    step_that_waits,
    take_first_step,
    take_second_step,
)

REMEMBER = "admin_remember"
PASSKEYS = "/_allauth/browser/v1/auth/webauthn/{}"


@method_decorator(never_cache, name="dispatch")
class SignInView(LoginView):
    """
    Wagtail's form, and a second one for the code of who has a second factor.

    Both are sent to one address. Passkeys go by allauth's doors, in the page's own script.
    """

    template_name = "content/admin/sign_in.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "again" in request.GET:
            give_up(request)
        # A name that is sent begins anew.
        self.step = None if "username" in request.POST else step_that_waits(request)
        if self.step is None and "code" in request.POST:
            return HttpResponseRedirect(self._address())
        if self.step is None:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():  # A recovery code is spent and noted, or neither.
            return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[Form]:
        return CodeForm if self.step else super().get_form_class()

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()
        if self.step:
            del kwargs["request"]
            kwargs["user"] = self.step.login.user
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        if self.step:
            take_second_step(self.step, form)
        else:
            self.request.session[REMEMBER] = bool(form.cleaned_data.get("remember"))
            name = form.cleaned_data["username"]
            if not take_first_step(self.request, user=form.get_user(), address=name):
                return HttpResponseRedirect(self._address())
        remember = self.request.session.pop(REMEMBER, False)
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        step = "authenticate" if self.step else "login"
        return super().get_context_data(passkeys=PASSKEYS.format(step), **kwargs)

    def _address(self) -> str:
        address, wanted = reverse("wagtailadmin_login"), self.get_redirect_url()
        return f"{address}?{urlencode({'next': wanted})}" if wanted else address
