"""The rules of a school: those it begins with, and how its managers change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.plugin.audit import record_audit
from lyceum.plugin.content import category_of
from lyceum.plugin.errors import Conflict, Invalid, NotFound
from lyceum.plugin.schools import CurrentSchool
from plugins.badges.models import Kind, Rule, Shelf
from plugins.badges.tasks import award_anew

MOST = 200
MOST_THRESHOLD = 1_000_000
FIELDS = ("name", "description", "icon", "measure", "threshold", "kind", "category", "min_score")

Measure = Rule.Measure
Beginning = tuple[str, str, str, Measure, int, str, str]
# Names in English, Spanish and Arabic; what is measured, how much of it, of what kind; a picture.
BEGINNING: tuple[Beginning, ...] = (
    ("First step", "Primer paso", "الخطوة الأولى", Measure.COUNT, 1, Kind.EXERCISE, "👣"),
    ("Fifty right", "Cincuenta aciertos", "خمسون إجابة", Measure.COUNT, 50, Kind.EXERCISE, "🎯"),
    ("First lesson", "Primera lección", "الدرس الأول", Measure.COUNT, 1, Kind.LESSON, "📗"),
    ("Ten lessons", "Diez lecciones", "عشرة دروس", Measure.COUNT, 10, Kind.LESSON, "📚"),
    ("First course", "Primer curso", "الدورة الأولى", Measure.COUNT, 1, Kind.COURSE, "🎓"),
    ("A week in a row", "Una semana seguida", "أسبوع متواصل", Measure.STREAK, 7, "", "🔥"),
    ("A month in a row", "Un mes seguido", "شهر متواصل", Measure.STREAK, 30, "", "🌋"),
    ("A thousand points", "Mil puntos", "ألف نقطة", Measure.POINTS, 1000, "", "💎"),
)


class RuleContradictory(Invalid):
    """
    The parts of the rule do not go together.

    A count is of a `kind`, and may name a `category` and a `min_score`; what counts points, days or
    levels has neither. Courses are in no category. A `min_score` is of lessons alone.
    """

    code = "rule_contradictory"
    detail = _("The parts of this rule do not go together.")


class TooManyRules(Conflict):
    """A school has 200 badges at most. Delete one that nobody earns any more."""

    code = "too_many_rules"
    detail = _("A school has %(most)s badges at most.") % {"most": MOST}


def stock(school: CurrentSchool, *, at: datetime) -> None:
    """Give a school the rules to begin with, once. One query where it has them."""
    if Shelf.objects.of(school).exists():
        return
    with transaction.atomic():
        _, is_new = Shelf.objects.get_or_create(school_id=school.id, defaults={"stocked_at": at})
        if is_new:
            Rule.objects.bulk_create(
                Rule(
                    school_id=school.id,
                    name={"en": english, "es": spanish, "ar": arabic},
                    measure=measure,
                    threshold=threshold,
                    kind=kind,
                    icon=icon,
                    created_at=at,
                )
                for english, spanish, arabic, measure, threshold, kind, icon in BEGINNING
            )


@transaction.atomic
def make_rule(
    *, actor: UUID, school: CurrentSchool, values: Mapping[str, Any], at: datetime
) -> Rule:
    """
    Make a badge. Who has done enough for it already has it once the worker has looked.

    :raises RuleContradictory: if its parts do not go together
    :raises TooManyRules: if the school has as many as it may
    """
    stock(school, at=at)
    # Two who make the last one at once wait here for one another.
    Shelf.objects.of(school).select_for_update().get()
    if live_rules(school).count() >= MOST:
        raise TooManyRules
    rule = Rule(school_id=school.id, created_at=at, **values)
    _check(rule, school)
    rule.save(force_insert=True)
    told = {name: [None, each] for name, each in _told(rule).items()}
    _write_down("badges.rule_made", actor, school, rule, told)
    award_anew(school, str(rule.uuid))
    return rule


@transaction.atomic
def change_rule(
    *, actor: UUID, school: CurrentSchool, rule_id: UUID, changes: Mapping[str, Any]
) -> Rule:
    """
    Change a badge. Who has it keeps it.

    :raises NotFound: if the school has no such rule
    :raises RuleContradictory: if its parts would not go together
    """
    rule = _find(school, rule_id)
    before = _told(rule)
    for name, value in changes.items():
        setattr(rule, name, value)
    _check(rule, school)
    told = {name: [before[name], now] for name, now in _told(rule).items() if before[name] != now}
    if told:
        rule.save(update_fields=list(told))
        _write_down("badges.rule_changed", actor, school, rule, told)
        award_anew(school, str(rule.uuid))
    return rule


@transaction.atomic
def retire_rule(*, actor: UUID, school: CurrentSchool, rule_id: UUID, at: datetime) -> None:
    """
    Delete a badge: nobody earns it any more; who has it keeps it.

    :raises NotFound: if the school has no such rule
    """
    rule = _find(school, rule_id)
    rule.retired_at = at
    rule.save(update_fields=["retired_at"])
    told = {name: [each, None] for name, each in _told(rule).items()}
    _write_down("badges.rule_retired", actor, school, rule, told)


def find_rule(school: CurrentSchool, rule_id: UUID) -> Rule:
    """
    Return a rule that holds.

    :raises NotFound: if the school has no such rule
    """
    found = live_rules(school).filter(uuid=rule_id).first()
    if found is None:
        raise NotFound
    return found


def live_rules(school: CurrentSchool) -> Any:
    """Return the rules that hold."""
    return Rule.objects.of(school).filter(retired_at=None)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, else in English, else in whatever there is; "" if in none."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def _find(school: CurrentSchool, rule_id: UUID) -> Rule:
    found = live_rules(school).select_for_update().filter(uuid=rule_id).first()
    if found is None:
        raise NotFound
    return found


def _check(rule: Rule, school: CurrentSchool) -> None:
    faults: dict[str, list[str]] = {}
    counts = rule.measure == Measure.COUNT
    if counts and not rule.kind:
        faults["kind"] = [gettext("Say what is counted.")]
    for name in ("kind", "category", "min_score"):
        if not counts and getattr(rule, name):
            faults[name] = [gettext("Leave it out: nothing is counted.")]
    if rule.kind == Kind.COURSE and rule.category:
        faults["category"] = [gettext("Courses are in no category.")]
    elif counts and rule.category and category_of(school, rule.category) != rule.category:
        faults["category"] = [gettext("The school has no such category.")]
    if counts and rule.kind != Kind.LESSON and rule.min_score:
        faults["min_score"] = [gettext("Only lessons are counted by their score.")]
    if faults:
        raise RuleContradictory(fields=faults)


def _told(rule: Rule) -> dict[str, Any]:
    """Return what the audit tells of a rule: all that a school says of it."""
    told = {name: getattr(rule, name) for name in FIELDS}
    return {**told, "category": str(rule.category) if rule.category else None}


def _write_down(
    action: str, actor: UUID, school: CurrentSchool, rule: Rule, changes: dict[str, Any]
) -> None:
    record_audit(
        action=action,
        school=school.uuid,
        actor=actor,
        target=rule.uuid,
        target_type="badges.rule",
        changes=changes,
    )
