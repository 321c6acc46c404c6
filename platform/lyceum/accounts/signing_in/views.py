"""allauth's views, where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.core import context
from allauth.headless.account.inputs import LoginInput, ResetPasswordKeyInput, SignupInput
from allauth.headless.account.views import (
    LoginView,
    RequestPasswordResetView,
    ResetPasswordView,
    SignupView,
)
from allauth.headless.internal.restkit import inputs
from allauth.headless.internal.restkit.response import ErrorResponse
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from lyceum.accounts.models import User
from lyceum.accounts.signing_in import records
from lyceum.schools.current import SchoolRequired


class SignUpInput(SignupInput):
    """allauth's sign-up, which takes a known address as it takes a new one."""

    def validate_unique_email(self, value: str) -> str:
        """
        Return the address, whoever has it.

        An account is made in every case; it is told apart only by the mail that follows, which
        goes to the address's owner.
        """
        return value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        password = data.get("password")
        if password:
            likeness = User(
                email=data.get("email"),
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
            )
            try:
                get_adapter().clean_password(password, user=likeness)
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def clean_password(self) -> str:
        """Leave it to `clean`, which knows the name that it must not be like."""
        return str(self.cleaned_data["password"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        with transaction.atomic():
            saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class SignUpView(SignupView):
    """Signs up without telling whether an address is known."""

    input_class = {"POST": SignUpInput}


class LogInInput(LoginInput):
    """allauth's log-in, which takes the user name of a managed account as well as an address."""

    username = inputs.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # allauth drops it: its own user names are an instance's, not a school's.
        self.fields["username"] = self.base_fields["username"]
        self.fields["email"].required = False

    def clean(self) -> dict[str, Any]:
        """
        Find the person.

        :raises SchoolRequired: for a user name on a host that is no school's, without `X-School`
        """
        if "username" not in self.data:
            data: dict[str, Any] = super().clean()
            return data
        data = self.cleaned_data
        if not self.errors:
            self._find_managed(data)
        return data

    def _find_managed(self, data: dict[str, Any]) -> None:
        adapter = get_adapter()
        if not data.get("username") or "email" in self.data:
            raise adapter.validation_error("invalid_login")
        school = getattr(context.request, "school", None)
        if school is None:
            raise SchoolRequired
        user = adapter.authenticate(
            context.request,
            managed_name=data["username"],
            school_id=school.id,
            password=data["password"],
        )
        if user is None:
            self.add_error("password", adapter.validation_error("username_password_mismatch"))
        else:
            self.login = Login(user=user)


class LogInView(LoginView):
    """Logs in by an address, or at a school by a user name."""

    input_class = LogInInput


class AskForPasswordView(RequestPasswordResetView):
    """Mails a code for a new password, and notes that somebody asked."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        records.note_reset_asked(request, self.input.cleaned_data["email"])
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer


class NewPasswordView(ResetPasswordView):
    """Takes the code for a new password, without telling whether an address is known."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tell whether a code is right. Where nobody was sent one, allauth has none to compare."""
        if self.process is None or self.process.user is not None:
            told: HttpResponse = super().get(request, *args, **kwargs)
            return told
        given = request.headers.get("X-Password-Reset-Key", "")
        refused = ResetPasswordKeyInput({"key": given}, code=self.process.code)
        refused.is_valid()
        self.process.record_invalid_attempt()
        return ErrorResponse(request, input=refused)
