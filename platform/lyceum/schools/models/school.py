"""A school: the site, the people, the pages and the rules that belong together."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

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
        OPEN = "open", _("Anyone may join")
        CODE = "code", _("With the school's code")
        INVITATION = "invitation", _("By invitation")
        APPROVAL = "approval", _("After approval")

    class Catalogue(models.TextChoices):
        PUBLIC = "public", _("Anyone may read")
        MEMBERS = "members", _("Members only")

    class LevelScale(models.TextChoices):
        CEFR = "cefr", "A1–C2 (CEFR)"
        KG = "kg", "KG1–KG3"
        NONE = "none", _("No levels")

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        SUSPENDED = "suspended", _("Suspended")

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    slug = models.SlugField(
        max_length=50,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9-]*$")],
        verbose_name=_("slug"),
    )
    name = models.CharField(max_length=200, verbose_name=_("name"))
    site = models.OneToOneField(
        "wagtailcore.Site", on_delete=models.PROTECT, related_name="school", verbose_name=_("site")
    )
    collection = models.OneToOneField(
        "wagtailcore.Collection",
        on_delete=models.PROTECT,
        related_name="school",
        verbose_name=_("collection"),
    )
    status = models.CharField(
        max_length=20, choices=Status.choices, default=Status.ACTIVE, verbose_name=_("status")
    )
    listed = models.BooleanField(
        default=False, help_text=_("Shown in the public list of schools."), verbose_name=_("listed")
    )
    signup_policy = models.CharField(
        max_length=20,
        choices=SignUp.choices,
        default=SignUp.INVITATION,
        verbose_name=_("signup policy"),
    )
    join_code = models.CharField(
        max_length=20, default=new_code, blank=True, verbose_name=_("join code")
    )
    catalogue = models.CharField(
        max_length=20,
        choices=Catalogue.choices,
        default=Catalogue.MEMBERS,
        verbose_name=_("catalogue"),
    )
    level_scale = models.CharField(
        max_length=10,
        choices=LevelScale.choices,
        default=LevelScale.CEFR,
        verbose_name=_("level scale"),
    )
    languages = models.JSONField(
        default=list,
        help_text=_("Codes, the school's own language first."),
        verbose_name=_("languages"),
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        verbose_name=_("pass mark"),
    )
    allowed_origins = models.JSONField(
        default=list,
        blank=True,
        help_text=_("Origins of front ends on other hosts, https://…"),
        verbose_name=_("allowed origins"),
    )
    solution_at_once = models.BooleanField(
        default=False,
        help_text=_("Show the solution with the first answer, right or wrong."),
        verbose_name=_("solution at once"),
    )
    enforce_time = models.BooleanField(
        default=False,
        help_text=_("Refuse answers after an exercise's time limit."),
        verbose_name=_("enforce time"),
    )
    marking = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("Marking rules: a rule to strict, warn or ignore."),
        verbose_name=_("marking"),
    )
    marking_by_kind = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("The same for one exercise kind: kind to rules."),
        verbose_name=_("marking by kind"),
    )
    theme = models.CharField(
        max_length=30,
        default="classic",
        help_text=_("By its folder's name."),
        verbose_name=_("theme"),
    )
    colours = models.JSONField(
        default=dict,
        blank=True,
        help_text=_("The school's own: brand and accent, as #1F5FA8."),
        verbose_name=_("colours"),
    )
    logo = models.FileField(upload_to=logo_path, blank=True, editable=False)
    plugins = models.JSONField(
        default=list, editable=False, help_text=_("Slugs of those switched on and not suspended.")
    )
    epoch = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

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
