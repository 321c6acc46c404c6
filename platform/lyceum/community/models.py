"""The tables of living together: distance between people, reports, cases, sanctions, the bin."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid


class Block(models.Model):
    """One person wants nothing to do with another: it holds both ways, in every school."""

    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="one_block_a_pair"),
            models.CheckConstraint(
                condition=~Q(blocker=F("blocked")), name="nobody_blocks_themselves"
            ),
        ]


class Mute(models.Model):
    """One person does not want to read another, who need not know."""

    muter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="one_mute_a_pair"),
            models.CheckConstraint(condition=~Q(muter=F("muted")), name="nobody_mutes_themselves"),
        ]


class Case(models.Model):
    """
    One thing, or person, that moderators are to look at, with all that is reported of it.

    `excerpt` and `address` are what was to be seen when the case was opened. `urgency` is 1 where a
    child is concerned. `thing_state` is what the moderators' last act made of the thing.
    """

    class Origin(models.TextChoices):
        REPORT = "report", _("Reported")
        HELD = "held", _("Held for review")

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        REVIEWED = "reviewed", _("Reviewed")
        RESOLVED = "resolved", _("Resolved")
        DISMISSED = "dismissed", _("Dismissed")

    class ThingState(models.TextChoices):
        SHOWN = "shown", _("Shown")
        HELD = "held", _("Held")
        HIDDEN = "hidden", _("Hidden")
        BINNED = "binned", _("In the bin")

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=60)
    thing = models.UUIDField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    excerpt = models.TextField(blank=True)
    address = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    thing_state = models.CharField(
        max_length=10, choices=ThingState.choices, default=ThingState.SHOWN
    )
    approved = models.BooleanField(default=False, help_text="It was held, and let through.")
    urgency = models.PositiveSmallIntegerField(default=0)
    kinds = models.JSONField(default=dict, help_text="Kind of report, to how many there are.")
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "type", "thing"],
                condition=Q(state__in=["pending", "reviewed"]),
                name="one_open_case_a_thing",
            )
        ]
        indexes = [
            models.Index(fields=["school", "state", "-urgency", "id"], name="queue_of_a_school"),
            models.Index(fields=["school", "type", "thing"], name="cases_of_a_thing"),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.PENDING, self.State.REVIEWED)

    @property
    def reports_count(self) -> int:
        return sum(self.kinds.values())


class Report(models.Model):
    """What one person says of a thing. Only moderators learn who they are."""

    class Kind(models.TextChoices):
        SPAM = "spam", _("Spam")
        HARASSMENT = "harassment", _("Harassment")
        INAPPROPRIATE = "inappropriate", _("Inappropriate")
        FAKE = "fake", _("Fake")
        OTHER = "other", _("Other")

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "reporter"], name="one_report_a_person_and_case"
            )
        ]


class CaseEntry(models.Model):
    """What a moderator did with a case, and noted of it. Kept in their order, never changed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.CharField(max_length=20)
    note = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name_plural = "case entries"


class Sanction(models.Model):
    """A warning to a person, or their suspension from contact in a school until some moment."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        SUSPENSION = "suspension", _("Suspended from contact")

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    message = models.CharField(max_length=1000, blank=True)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    case = models.ForeignKey(Case, null=True, on_delete=models.SET_NULL, related_name="sanctions")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "person"],
                condition=Q(kind="suspension", lifted_at=None),
                name="one_suspension_a_person",
            )
        ]
        indexes = [models.Index(fields=["school", "person"], name="sanctions_of_a_person")]


class BinnedThing(models.Model):
    """A thing that was deleted: moderators can bring it back until `kept_until`."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=60)
    thing = models.UUIDField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    excerpt = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=now)
    kept_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "type", "thing"], name="once_in_the_bin")
        ]


class Policy(models.Model):
    """What a school holds back of what its people write. Without a row, the defaults hold."""

    class Answer(models.TextChoices):
        ALLOW = "allow", _("Let it through")
        HOLD = "hold", _("Hold it for a moderator")
        REFUSE = "refuse", _("Refuse it")

    school = models.OneToOneField("schools.School", on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(default=list, blank=True)
    on_words = models.CharField(max_length=10, choices=Answer.choices, default=Answer.HOLD)
    on_links = models.CharField(max_length=10, choices=Answer.choices, default=Answer.ALLOW)
    allowed_sites = models.JSONField(default=list, blank=True)
    first_posts_held = models.PositiveSmallIntegerField(default=0)
    newcomer_days = models.PositiveSmallIntegerField(default=30)
    bin_days = models.PositiveSmallIntegerField(default=30)

    class Meta:
        verbose_name_plural = "policies"
