"""People: who logs in, and what they tell of themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import (  # type: ignore[attr-defined]  # the stubs lack them
    PermissionsMixin,
    _auser_has_perm,
    _user_has_module_perms,
    _user_has_perm,
)
from django.core.exceptions import ValidationError
from django.db import models, transaction

from lyceum.accounts.managed.folding import folded
from lyceum.accounts.signing_in.session_text import signs_in
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid

ABSOLUTE_LIFETIME = timedelta(days=30)


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(
        self,
        email: str | None,
        password: str | None = None,
        *,
        verified: bool = True,
        language: str = "",
        **fields: Any,
    ) -> User:
        """
        Make a person and their profile. The address is kept in lower case; it may be absent.

        Who makes accounts for others vouches for their addresses; with `verified=False` it is a
        claim, and the person has yet to prove it.
        """
        from lyceum.accounts.addresses import claim

        with transaction.atomic(using=self._db):
            user = self.model(email=email if verified else None, **fields)
            user.set_password(password)
            user.save(using=self._db)
            if language:
                user.profile.language = language
                user.profile.save(update_fields=["language"])
            if email and not verified:
                claim(user, email)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


# Wagtail's own models point at people; their untyped managers cannot be resolved.
class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """
    A person who can log in, in however many schools.

    `email` is the address that they proved to be theirs, which is unique and the log-in; a school's
    managed account of a child has none. An address that nobody has proved yet is allauth's alone:
    any number of accounts may claim it, so that signing up never tells whether it has one.
    `is_superuser` marks the operator of the instance.

    A managed account belongs to one school, `managed_by`, for good. Its log-in is `username`, once
    in that school however it is typed (`username_key`).
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)
    # A school goes only after its accounts: who was managed must not become an ordinary person.
    managed_by = models.ForeignKey(
        "schools.School",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    username = models.CharField(max_length=30, blank=True, db_default="", default="")
    username_key = models.CharField(
        max_length=60, blank=True, editable=False, db_default="", default=""
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["managed_by", "username_key"], name="user_name_once_a_school"
            ),
            models.CheckConstraint(
                condition=models.Q(managed_by=None, username_key="")
                | models.Q(managed_by__isnull=False, email=None, is_superuser=False)
                & ~models.Q(username_key=""),
                name="managed_accounts_have_a_user_name_and_no_address",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the person, with a profile if new, and with allauth's record of the address."""
        from lyceum.accounts.addresses import vouch_for
        from lyceum.accounts.tokens.personal import end_tokens

        is_new = self._state.adding
        # Django clears it where it only hashes the same password anew.
        has_new_password = getattr(self, "_password", None) is not None and not is_new
        self.email = self.email.lower() if self.email else None
        self.username_key = folded(self.username)
        fields = kwargs.get("update_fields")
        if fields is not None and "username" in fields:
            kwargs["update_fields"] = {*fields, "username_key"}
        with transaction.atomic(using=kwargs.get("using")):
            super().save(*args, **kwargs)
            if is_new:
                Profile.objects.create(user=self)
            if self.email and (fields is None or "email" in fields):
                vouch_for(self, self.email)
            if has_new_password:
                end_tokens(user=self, actor=None, why="password_changed")

    def __str__(self) -> str:
        name = self.get_full_name() or self.email or self.username
        return name or f"Person {str(self.uuid)[-6:]}"

    def clean(self) -> None:
        """Refuse an address for who has none, beside its field in a form."""
        if self.is_managed and self.email:
            raise ValidationError({"email": "A managed account has no e-mail address."})

    @property
    def is_managed(self) -> bool:
        """Whether a school looks after this account, password and all."""
        return self.managed_by_id is not None

    @property
    def is_verified(self) -> bool:
        """Whether somebody vouches for this person: they by their address, or their school."""
        return self.email is not None or self.is_managed

    def set_password(self, raw_password: str | None) -> None:
        if self.is_managed and raw_password is not None:
            raw_password = folded(raw_password)
        super().set_password(raw_password)

    def check_password(self, raw_password: str | None) -> bool:
        """Return whether the password is right; a child's in whatever case and spacing."""
        if self.is_managed and raw_password is not None:
            raw_password = folded(raw_password)
        return super().check_password(raw_password)

    @property
    def is_staff(self) -> bool:
        """Whether Django's own admin machinery may let this person in: operators alone."""
        return self.is_superuser

    # Django says yes to a superuser without asking. Here everyone is asked about: a permission
    # of a plugin that is switched off is nobody's.

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return _user_has_perm(self, perm, obj)

    async def ahas_perm(self, perm: str, obj: Any = None) -> bool:
        return await _auser_has_perm(self, perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return _user_has_module_perms(self, app_label)

    def get_full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        return self.first_name


def avatar_path(profile: Profile, filename: str) -> str:
    """Return a new name for a picture, which tells nothing of whose it is."""
    return f"avatars/{new_uuid()}.webp"


def age_of(born: date, at: datetime) -> int:
    """Return the age in whole years, on the day of `at`, of who was born on a day."""
    today = at.date()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


class Profile(models.Model):
    """What a person tells of themselves. Made with the account."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    avatar = models.FileField(upload_to=avatar_path, blank=True)
    bio = models.CharField(max_length=500, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    # By which they were a child when they told it: to tell another later makes nobody an adult.
    child_born_on = models.DateField(null=True, blank=True, editable=False)
    phone = models.CharField(max_length=16, blank=True, help_text="E.164, as in +34600111222.")
    language = models.CharField(max_length=10, blank=True, help_text="Of the interface.")
    time_zone = models.CharField(max_length=50, default="UTC")
    education = models.CharField(max_length=200, blank=True)
    preferences = models.JSONField(default=dict, blank=True)
    notification_preferences = models.JSONField(default=dict, blank=True)
    subjects = models.JSONField(default=list, blank=True, help_text="Taught, for teachers.")
    qualifications = models.CharField(max_length=1000, blank=True)
    public_bio = models.CharField(max_length=1000, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    def age(self, at: datetime) -> int | None:
        """Return the age in whole years on the day of `at`; None without a date of birth."""
        born: date | None = self.date_of_birth
        return None if born is None else age_of(born, at)


class TokenFamily(models.Model):
    """
    All tokens that follow from one log-in of an app. Lives and dies with its session.

    `current` is the one refresh token still good; `spent` are those lately used, with the second
    (Unix time) at which they were, to tell a client that asked twice at once from a thief.
    """

    # Told in every token: random, since it must not be guessed.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    session = models.OneToOneField("sessions.Session", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    current = models.UUIDField(default=uuid4)
    spent = models.JSONField(default=dict)
    signed_in_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "token families"

    def is_alive(self, at: datetime) -> bool:
        """
        Return whether the log-in still holds.

        It ends with its session, with the person's deactivation or change of password, and for good
        after `ABSOLUTE_LIFETIME`. Reads `session` and `user`: select them with the row.
        """
        if not self.user.is_active or self.session.expire_date <= at:
            return False
        if self.signed_in_at + ABSOLUTE_LIFETIME <= at:
            return False
        return signs_in(self.session.session_data, self.user)


class PersonalToken(models.Model):
    """
    What a person's own program shows in their place, at one school, for what its scopes say.

    The token itself is kept nowhere: `digest` is its SHA-256, `starts_with` enough to recognise it.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    starts_with = models.CharField(max_length=16)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)


class SpentToken(models.Model):
    """A provider's token that somebody logged in with, by its digest: it is good once."""

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    expires_at = models.DateTimeField(db_index=True)


# Django looks for tables here; those of archives lie beside what makes them.
from lyceum.accounts.privacy.models import Export as Export  # noqa: E402
