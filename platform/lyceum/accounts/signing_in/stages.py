"""What stands between a right password and being signed in."""

from __future__ import annotations

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class UnlessSigningUp(EmailVerificationStage):
    """
    Asks for the mailed code at sign-up; later, an unproved address keeps nobody out.

    Until the address is proved one may read and learn. What needs proof asks for it. Who signs up
    by a provider has proved who they are, and is let in at once too.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        by_provider = "sociallogin" in (self.login.signal_kwargs or {})
        if not self.login.signup or by_provider:
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
