"""What is kept of plugins: installed, switched on, set up, and failed where."""

from __future__ import annotations

from django.db import models

from lyceum.kernel.clock import now
from lyceum.schools.models.school import School


class PluginInstall(models.Model):
    """
    A plugin that was installed, whether or not its code is there still.

    `tables`, `people` and `files` are what is needed to remove it, and to erase a person from it,
    without the code: the names of its tables, which columns point to people, which name files.
    """

    slug = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=50)
    tables = models.JSONField(default=list)
    people = models.JSONField(default=list)
    files = models.JSONField(default=list)
    installed_at = models.DateTimeField(default=now)
    upgraded_at = models.DateTimeField(default=now)


class PluginSwitch(models.Model):
    """Whether a school has a plugin switched on, and whether the host has suspended it there."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=30)
    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=now)
    suspended_at = models.DateTimeField(null=True)
    suspended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "plugin switches"
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="one_switch_a_plugin")
        ]


class PluginSettings(models.Model):
    """A school's settings of a plugin; `secrets` is an encrypted JSON object, or empty."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=30)
    values = models.JSONField(default=dict)
    secrets = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "plugin settings"
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="one_settings_a_plugin")
        ]


class PluginFailure(models.Model):
    """One time that a plugin's code broke, or overran, at a school."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=30)
    hook = models.CharField(max_length=100)
    error = models.CharField(max_length=500)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["school", "slug", "at"], name="failures_of_a_plugin")]
