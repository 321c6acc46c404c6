"""What allauth asks us: how people are made, written to, told of, and let in."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, get_type_hints
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.headless.adapter import DefaultHeadlessAdapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from lyceum.accounts import mail
from lyceum.accounts.addresses import primary_address_of
from lyceum.accounts.audit import record_of_account
from lyceum.accounts.languages import language_of_request
from lyceum.accounts.managed import limits
from lyceum.accounts.models import User
from lyceum.accounts.notices import notify
from lyceum.accounts.signing_in import records
from lyceum.accounts.signing_in.sign_up import complete_sign_up
from lyceum.kernel.clock import now
from lyceum.schools.roles import ManagedBySchool

EMAIL_STAGE = "allauth.account.stages.EmailVerificationStage"
OUR_EMAIL_STAGE = "lyceum.accounts.signing_in.stages.UnlessSigningUp"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail and code, at a school."""

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Make the account with its profile; on a school's host, a student's place there too."""
        data = form.cleaned_data
        user.first_name = data.get("first_name", "")
        user.last_name = data.get("last_name", "")
        user.set_password(data.get("password"))
        user.save()
        user.profile.language = language_of_request(request)
        user.profile.save(update_fields=["language"])
        complete_sign_up(user=user, school=getattr(request, "school", None), at=now())
        return user

    def get_client_ip(self, request: HttpRequest) -> str:
        """
        Return the address of who asks, by the word of the proxies that are ours.

        :raises PermissionDenied: if it came past them, or none of them tells an address
        """
        try:
            address: str = super().get_client_ip(request)
        except ImproperlyConfigured as error:
            raise PermissionDenied from error
        return address

    def get_login_stages(self) -> list[str]:
        stages: list[str] = super().get_login_stages()
        return [OUR_EMAIL_STAGE if stage == EMAIL_STAGE else stage for stage in stages]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """
        Count a try before the password is looked at.

        :raises ValidationError: if it is one too many
        """
        if "managed_name" not in credentials:
            try:
                super().pre_authenticate(request, **credentials)
            except ValidationError:
                records.note_refused(request, credentials)
                raise
            return
        self._login_failed_rl_usage = limits.count_try(
            request,
            school_id=credentials["school_id"],
            username=credentials["managed_name"],
        )
        if not self._login_failed_rl_usage:
            records.note_refused(request, credentials)
            raise self.validation_error("too_many_login_attempts")

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether it is this person's password, whoever else claims their address."""
        known: dict[str, Any]
        if user.is_managed:
            known = {"managed_name": user.username, "school_id": user.managed_by_id}
        else:
            known = {"email": primary_address_of(user)[0], "account": user}
        found: User | None = self.authenticate(self.request, password=password, **known)
        return found == user

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's own has the host in it, and so five tries more at each school.
        return str(credentials.get("email", "")).lower()

    def is_safe_url(self, url: str) -> bool:
        """Whether a page may be sent there: to the school's own host, which has the session."""
        return url_has_allowed_host_and_scheme(
            url, {self.request.get_host()}, require_https=self.request.is_secure()
        )

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        records.note_sign_in(request, user)

    @transaction.atomic
    def set_password(self, user: User, password: str) -> None:
        """
        Set the password that a person chose for themselves.

        :raises ManagedBySchool: if the account's school is who chooses it
        """
        if user.is_managed:
            raise ManagedBySchool
        super().set_password(user, password)
        record_of_account(
            action="account.password_changed",
            user=user,
            actor=user.uuid,
            changes={"password": "changed"},
        )

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: Any, signup: bool
    ) -> None:
        """Mail the code; where the address is another's already, tell its owner so instead."""
        address = emailconfirmation.email_address
        if EmailAddress.objects.is_verified(address.email):
            self.send_mail("account_already_exists", address.email, {})
        else:
            self.send_mail("email_code", address.email, {"code": emailconfirmation.key})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person of a change in how their account is entered."""
        kind = template_prefix.rpartition("/")[2]
        tell = partial(notify, user=user, kind=kind, at=now(), address=email or "")
        # No mail of what is undone, and no mail server that a transaction waits for.
        transaction.on_commit(tell, robust=True)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rpartition("/")[2]
        mail.send(name=name, to=email, request=self.request, values=context)


@dataclass
class TheUser:
    """A person, as allauth's answers show them."""

    id: UUID = field(metadata={"description": "The person's id.", "example": "0190…"})
    display: str = field(metadata={"description": "The name to show.", "example": "Ana Ruiz"})
    email: str | None = field(
        metadata={"description": "The address they go by.", "example": "ana@example.org"}
    )
    username: str | None = field(
        metadata={"description": "Of a managed account alone.", "example": "sara"}
    )
    managed: bool = field(
        metadata={
            "description": "Whether the school looks after the account: no e-mail address, and no "
            "password of one's own choosing.",
            "example": False,
        }
    )
    has_usable_password: bool = field(
        metadata={"description": "Whether there is a password.", "example": True}
    )


# allauth makes its document from the types of the fields, which here are still their names.
for _each in fields(TheUser):
    _each.type = get_type_hints(TheUser)[_each.name]


class HeadlessAdapter(DefaultHeadlessAdapter):
    """allauth's JSON, with our ids."""

    def get_user_dataclass(self) -> type[TheUser]:
        return TheUser

    def user_as_dataclass(self, user: User) -> TheUser:
        address, _ = primary_address_of(user)
        return TheUser(
            id=user.uuid,
            display=str(user),
            email=address or None,
            username=user.username or None,
            managed=user.is_managed,
            has_usable_password=user.has_usable_password(),
        )
