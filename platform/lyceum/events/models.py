"""The tables of the spine: what happened, who has yet to be told, and who did what."""

from __future__ import annotations

from django.db import models

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class Event(models.Model):
    """
    One fact, written in the transaction of the change it tells of. Append-only, by trigger.

    Schools and people are named by UUID alone, so that erasing a person cuts the link.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    type = models.CharField(max_length=100)
    version = models.PositiveSmallIntegerField(default=1)
    school = models.UUIDField(null=True)
    actor = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            models.Index(fields=["school", "type", "id"], name="event_by_school_and_type"),
            models.Index(fields=["actor", "id"], name="event_by_actor"),
        ]


class Delivery(models.Model):
    """One consumer that one event has yet to reach. Deleted in the transaction of its effect."""

    id = models.BigAutoField(primary_key=True)
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    consumer = models.CharField(max_length=100)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["event", "consumer"], name="one_delivery_a_consumer")
        ]
        indexes = [models.Index(fields=["due_at", "id"], name="delivery_by_due_time")]


class AuditEntry(models.Model):
    """
    Who did what to what, from where. Append-only, by trigger.

    `changes` maps a field to `[before, after]`, or to `"changed"` where the value is personal.
    """

    id = models.BigAutoField(primary_key=True)
    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    action = models.CharField(max_length=100)
    school = models.UUIDField(null=True)
    actor = models.UUIDField(null=True)
    target_type = models.CharField(max_length=50, blank=True)
    target = models.UUIDField(null=True)
    changes = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["school", "at", "id"], name="audit_by_time"),
            models.Index(fields=["school", "action", "at", "id"], name="audit_by_action"),
            models.Index(fields=["actor", "at", "id"], name="audit_by_actor"),
            models.Index(fields=["target", "at", "id"], name="audit_by_target"),
        ]
