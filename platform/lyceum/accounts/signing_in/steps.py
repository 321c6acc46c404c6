"""Logging in by forms, step by step, with the steps that allauth's own doors take."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.models import Login
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from lyceum.accounts.factors.views import Noted, Once
from lyceum.accounts.models import User


class CodeForm(Noted, Once, AuthenticateForm):
    """Takes a code of an authenticator app, or a recovery code, as the second step."""


def take_first_step(request: HttpRequest, *, user: User, address: str) -> bool:
    """Begin the log-in of a person whose password was right; return whether that was all."""
    perform_password_login(request, {"email": address}, Login(user=user))
    return bool(request.user.is_authenticated)


def step_that_waits(request: HttpRequest) -> Any:
    """Return the second step of a log-in begun in this session; None if none waits."""
    stage = get_pending_stage(request)
    return stage if isinstance(stage, AuthenticateStage) else None


def take_second_step(step: Any, form: CodeForm) -> None:
    """Finish the log-in that waited for the code in a form that was found valid."""
    form.save()
    step.exit()


def give_up(request: HttpRequest) -> None:
    """Forget the log-in that was begun in this session."""
    clear_login(request)
