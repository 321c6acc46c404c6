"""allauth's views of second factors, where ours are stricter."""

from __future__ import annotations

import json
import struct
from typing import Any, ClassVar

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core import context
from allauth.headless.base.response import ConflictResponse
from allauth.headless.mfa import inputs, views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from lyceum.accounts.factors.services import PASSKEY, TOTP, made_anew, spend_code
from lyceum.accounts.signing_in.records import (
    note_factor_failed,
    note_factor_refused,
    note_passkey_failed,
)

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


class Noted:
    """Notes that a code or a passkey was refused: allauth tells only of codes that were wrong."""

    user: Any
    errors: Any

    def is_valid(self) -> bool:
        valid: bool = super().is_valid()  # type: ignore[misc]
        codes = {each.code for errors in self.errors.as_data().values() for each in errors}
        if "too_many_login_attempts" in codes:
            note_factor_refused(context.request, self.user)
        return valid


class AuthenticateInput(Noted, Once, inputs.AuthenticateInput):
    pass


class ReauthenticateInput(Noted, Once, inputs.ReauthenticateInput):
    pass


class ActivateInput(Once, inputs.ActivateTOTPInput):
    def clean_code(self) -> str:
        # Before the code is spent: the same one comes again after the confirmation.
        raise_if_reauthentication_required(context.request, app="allauth.mfa")
        return super().clean_code()


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


class _Assertion(Noted, _Readable):
    form = AuthenticationResponse

    def is_valid(self) -> bool:
        valid = super().is_valid()
        if not valid and "credential" in self.errors:
            self._note_failed()
        return valid

    def _note_failed(self) -> None:
        # What is no credential at all is not counted either: it must not fill the audit.
        if "incorrect_code" in {each.code for each in self.errors.as_data()["credential"]}:
            note_factor_failed(context.request, self.user, PASSKEY)


class AuthenticateWebAuthnInput(_Assertion, inputs.AuthenticateWebAuthnInput):
    pass


class ReauthenticateWebAuthnInput(_Assertion, inputs.ReauthenticateWebAuthnInput):
    pass


class LoginWebAuthnInput(_Assertion, inputs.LoginWebAuthnInput):
    def _note_failed(self) -> None:
        note_passkey_failed(context.request)


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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)
        told = json.loads(answer.content)
        if address := told.get("meta", {}).get("totp_url"):
            # So that no front end has to draw it.
            told["meta"]["totp_svg"] = get_adapter().build_totp_svg(address)
            answer.content = json.dumps(told).encode()
        return answer


class ManageWebAuthnView(views.ManageWebAuthnView):
    input_class = {**views.ManageWebAuthnView.input_class, "POST": AddWebAuthnInput}


class ManageRecoveryCodesView(views.ManageRecoveryCodesView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with made_anew():
            answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


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
