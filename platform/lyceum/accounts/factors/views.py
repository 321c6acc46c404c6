"""allauth's views of second factors, where ours are stricter."""

from __future__ import annotations

import json
import struct
from typing import Any, ClassVar

from allauth.headless.base.response import ConflictResponse
from allauth.headless.mfa import inputs, views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from lyceum.accounts.factors.services import PASSKEY, TOTP, spend_code

MOST_PASSKEYS = 20
LONGEST_NAME = 100
# A credential is a key and a signature or two; it is kept as it came.
LARGEST_CREDENTIAL = 16 * 1024


class Once:
    """Takes a code of an authenticator app once, however far clocks may differ."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator = getattr(self, "authenticator", None)
        is_app = authenticator is None or authenticator.type == TOTP
        if is_app and not spend_code(user_id=self.user.pk, code=code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateInput(Once, inputs.AuthenticateInput):
    pass


class ReauthenticateInput(Once, inputs.ReauthenticateInput):
    pass


class ActivateInput(Once, inputs.ActivateTOTPInput):
    pass


class _Readable:
    """Refuses what is no credential: allauth expects fewer ways of being none than there are."""

    data: dict[str, Any]
    form: ClassVar[type[RegistrationResponse] | type[AuthenticationResponse]]

    def full_clean(self) -> None:
        if not _is_readable(self.data.get("credential"), self.form):
            self.data = {**self.data, "credential": None}
        super().full_clean()  # type: ignore[misc]


class _Registration(_Readable):
    form = RegistrationResponse


class _Assertion(_Readable):
    form = AuthenticationResponse


class AuthenticateWebAuthnInput(_Assertion, inputs.AuthenticateWebAuthnInput):
    pass


class ReauthenticateWebAuthnInput(_Assertion, inputs.ReauthenticateWebAuthnInput):
    pass


class LoginWebAuthnInput(_Assertion, inputs.LoginWebAuthnInput):
    pass


class AddWebAuthnInput(_Registration, inputs.AddWebAuthnInput):
    def clean_name(self) -> str:
        return _short(super().clean_name())

    def clean(self) -> dict[str, Any]:
        own = Authenticator.objects.filter(user=self.user, type=PASSKEY)
        if own.count() >= MOST_PASSKEYS:
            raise ValidationError(f"Nobody has more than {MOST_PASSKEYS} passkeys.")
        cleaned: dict[str, Any] = super().clean()
        return cleaned


class CreateWebAuthnInput(_Registration, inputs.CreateWebAuthnInput):
    def clean_name(self) -> str:
        return _short(super().clean_name())


class SignUpByPasskeyInput(inputs.SignupWebAuthnInput):
    def validate_unique_email(self, value: str) -> str:
        """Return the address, whoever has it: what follows goes to its owner, by mail."""
        return value


class AuthenticateView(views.AuthenticateView):
    input_class = AuthenticateInput


class ReauthenticateView(views.ReauthenticateView):
    input_class = ReauthenticateInput


class ManageTOTPView(views.ManageTOTPView):
    input_class = {"POST": ActivateInput}


class ManageWebAuthnView(views.ManageWebAuthnView):
    input_class = {**views.ManageWebAuthnView.input_class, "POST": AddWebAuthnInput}


class AuthenticateWebAuthnView(views.AuthenticateWebAuthnView):
    input_class = {"POST": AuthenticateWebAuthnInput}


class ReauthenticateWebAuthnView(views.ReauthenticateWebAuthnView):
    input_class = {"POST": ReauthenticateWebAuthnInput}


class LoginWebAuthnView(views.LoginWebAuthnView):
    input_class = {"POST": LoginWebAuthnInput}


class SignUpByPasskeyView(views.SignupWebAuthnView):
    input_class = {"POST": SignUpByPasskeyInput, "PUT": CreateWebAuthnInput}

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # allauth reads what is sent for the sign-up that waits, and only then whether one does.
        refusal: ConflictResponse | None = (
            self._require_stage() if request.method == "PUT" else None
        )
        return refusal or super().handle(request, *args, **kwargs)


def _short(name: str) -> str:
    if len(name) > LONGEST_NAME or not name.isprintable():
        raise ValidationError(f"Send a name of at most {LONGEST_NAME} signs, on one line.")
    return name


def _is_readable(
    credential: Any, form: type[RegistrationResponse] | type[AuthenticationResponse]
) -> bool:
    if not isinstance(credential, dict) or len(json.dumps(credential)) > LARGEST_CREDENTIAL:
        return False
    try:
        form.from_dict(credential)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error):
        return False
    return True
