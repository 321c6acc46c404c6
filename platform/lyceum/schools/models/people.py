"""Who belongs to a school, and the groups that people learn in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.models.school import School
from lyceum.schools.roles import STAFF, STUDENT, ManagedBySchool, RolesField, with_included


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> MembershipQuerySet:
        return self.filter(status=Membership.Status.ACTIVE)

    def holding(self, role: str) -> MembershipQuerySet:
        """Memberships that keep this very name; roles that include it are not looked through."""
        return self.filter(roles__contains=f",{role},")


class Membership(models.Model):
    """A person's place in a school: roles, level, and whether the school knows them as a child."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        PENDING = "pending", "Waiting for approval"
        INACTIVE = "inactive", "Inactive"

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    roles = RolesField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ACTIVE)
    level = models.CharField(max_length=10, blank=True)
    is_child = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "user"], name="one_membership_a_school")
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the membership.

        :raises ManagedBySchool: if a managed account would be more than a student of its own school

        Others know how to set that account's password, and would come by whatever it may do.
        """
        manager = self.user.managed_by_id
        if manager is not None and (manager != self.school_id or self.roles != {STUDENT}):
            raise ManagedBySchool
        super().save(*args, **kwargs)

    def held_roles(self, plugins: Collection[str]) -> frozenset[str]:
        """
        Return the roles with all that they include; none while the membership is not active.

        :param plugins: those in force in the school
        """
        if self.status != self.Status.ACTIVE:
            return frozenset()
        return with_included(self.roles, plugins)

    @property
    def is_staff(self) -> bool:
        # No plugin's role makes anybody staff, so that it matters not which are in force.
        return bool(self.held_roles(()) & STAFF)


class Cohort(models.Model):
    """A class: members who learn together, and the teachers who look after them."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="cohorts")
    name = models.CharField(max_length=200)
    members = models.ManyToManyField(Membership, blank=True, related_name="cohorts")
    teachers = models.ManyToManyField(Membership, blank=True, related_name="taught_cohorts")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="cohort_name_once_a_school")
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that makes who follows it a member with the roles it names. Used once."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True, help_text="If given, only this address may use it.")
    roles = RolesField()
    level = models.CharField(max_length=10, blank=True)
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.SET_NULL)
    # The code itself is shown once; a lost database must not hand out memberships.
    code_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and at < self.expires_at
