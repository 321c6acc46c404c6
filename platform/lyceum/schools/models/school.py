"""A school: the site, the people, the pages and the rules that belong together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_code, new_uuid


def logo_path(school: School, filename: str) -> str:
    """Return a new name for a school's logo."""
    return f"logos/{new_uuid()}.webp"


class School(models.Model):
    """
    A school: a Wagtail site with its own people, its own page tree and its own rules.

    `epoch` grows with every change, so that a process knows whether what it keeps is current.
    """

    class SignUp(models.TextChoices):
        OPEN = "open", "Anyone may join"
        CODE = "code", "With the school's code"
        INVITATION = "invitation", "By invitation"
        APPROVAL = "approval", "After approval"

    class Catalogue(models.TextChoices):
        PUBLIC = "public", "Anyone may read"
        MEMBERS = "members", "Members only"

    class LevelScale(models.TextChoices):
        CEFR = "cefr", "A1–C2 (CEFR)"
        KG = "kg", "KG1–KG3"
        NONE = "none", "No levels"

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    slug = models.SlugField(
        max_length=50, unique=True, validators=[RegexValidator(r"^[a-z][a-z0-9-]*$")]
    )
    name = models.CharField(max_length=200)
    site = models.OneToOneField("wagtailcore.Site", on_delete=models.PROTECT, related_name="school")
    collection = models.OneToOneField(
        "wagtailcore.Collection", on_delete=models.PROTECT, related_name="school"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    listed = models.BooleanField(default=False, help_text="Shown in the public list of schools.")
    signup_policy = models.CharField(
        max_length=20, choices=SignUp.choices, default=SignUp.INVITATION
    )
    join_code = models.CharField(max_length=20, default=new_code, blank=True)
    catalogue = models.CharField(
        max_length=20, choices=Catalogue.choices, default=Catalogue.MEMBERS
    )
    level_scale = models.CharField(
        max_length=10, choices=LevelScale.choices, default=LevelScale.CEFR
    )
    languages = models.JSONField(default=list, help_text="Codes, the school's own language first.")
    pass_mark = models.PositiveSmallIntegerField(
        default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    allowed_origins = models.JSONField(
        default=list, blank=True, help_text="Origins of front ends on other hosts, https://…"
    )
    solution_at_once = models.BooleanField(
        default=False, help_text="Show the solution with the first answer, right or wrong."
    )
    enforce_time = models.BooleanField(
        default=False, help_text="Refuse answers after an exercise's time limit."
    )
    marking = models.JSONField(
        default=dict, blank=True, help_text="Marking rules: a rule to strict, warn or ignore."
    )
    marking_by_kind = models.JSONField(
        default=dict, blank=True, help_text="The same for one exercise kind: kind to rules."
    )
    theme = models.CharField(max_length=30, default="classic", help_text="By its folder's name.")
    colours = models.JSONField(
        default=dict, blank=True, help_text="The school's own: brand and accent, as #1F5FA8."
    )
    logo = models.FileField(upload_to=logo_path, blank=True, editable=False)
    plugins = models.JSONField(
        default=list, editable=False, help_text="Slugs of those switched on and not suspended."
    )
    epoch = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.epoch += 1
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "epoch"}
        super().save(*args, **kwargs)

    @property
    def language(self) -> str:
        """The school's own language: the first of its list."""
        return self.languages[0] if self.languages else settings.LANGUAGE_CODE
