"""allauth's views, where ours differ."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.headless.account.inputs import SignupInput
from allauth.headless.account.views import SignupView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from lyceum.accounts.models import User


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
