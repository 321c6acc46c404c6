"""The admin's forms for a new password, with the limits and the notices of the API's doors."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.forms.auth import PasswordChangeForm, PasswordResetForm
from wagtail.admin.views.account import ChangePasswordPanel, PasswordResetConfirmView

from lyceum.accounts.mail import send
from lyceum.accounts.models import User
from lyceum.accounts.signing_in.passwords import choose_password, may_ask_for_mail, may_try_password
from lyceum.accounts.signing_in.records import note_reset_asked
from lyceum.kernel.clock import now


class AskingForm(PasswordResetForm):
    """Mails a link, but not one after another to somebody who never asked."""

    request: HttpRequest

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.request = kwargs["request"]
        note_reset_asked(self.request, self.cleaned_data["email"])
        # Who is refused is not told: the answer is the same whoever has the address.
        if may_ask_for_mail(self.request, address=self.cleaned_data["email"]):
            super().save(*args, **kwargs)

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """Mail the link as the school's other mails are, to the host that it was asked for at."""
        path = reverse(
            "wagtailadmin_password_reset_confirm",
            kwargs={"uidb64": context["uid"], "token": context["token"]},
        )
        values = {"address": self.request.build_absolute_uri(path)}
        send(name="password_reset_link", to=to_email, request=self.request, values=values)


class ChoosingForm(SetPasswordForm):  # type: ignore[type-arg]
    """Takes the new password of who followed the link."""

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        choose_password(user=self.user, password=password, kind="password_changed", at=now())
        return self.user


class ChangingForm(PasswordChangeForm):
    """Takes a new password beside the old one, which cannot be guessed at leisure."""

    request: HttpRequest

    def clean_old_password(self) -> str:
        if not may_try_password(self.request, user=self.user):
            raise ValidationError(gettext("Too many tries. Wait a minute."))
        old: str = super().clean_old_password()
        return old

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password1"]
        choose_password(user=self.user, password=password, kind="password_changed", at=now())
        return self.user


class NewPasswordView(PasswordResetConfirmView):
    form_class = ChoosingForm


class PasswordPanel(ChangePasswordPanel):
    form_class = ChangingForm

    def is_active(self) -> bool:
        # Wagtail's own is switched off, and stands aside for this one.
        return bool(self.user.has_usable_password())

    def get_form(self) -> ChangingForm:
        form: ChangingForm = super().get_form()
        form.request = self.request
        return form
