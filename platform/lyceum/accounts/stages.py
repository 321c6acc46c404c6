"""What stands between a right password and being signed in."""

from __future__ import annotations

from allauth.account.stages import EmailVerificationStage
from django.http import HttpResponse


class UnlessSigningUp(EmailVerificationStage):
    """
    Asks for the mailed code at sign-up; later, an unproved address keeps nobody out.

    Until the address is proved one may read and learn. What needs proof asks for it.
    """

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not self.login.signup:
            return None, True
        answer: tuple[HttpResponse | None, bool] = super().handle()
        return answer
