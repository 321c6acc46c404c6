"""What a school holds back of what its people write, as its managers set it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from lyceum.accounts.models import User
from lyceum.community.filtering.links import is_site
from lyceum.community.filtering.words import fault_of_entry
from lyceum.community.models import Policy
from lyceum.events.services import Fact, publish, record_audit
from lyceum.kernel.errors import Invalid
from lyceum.schools.current import CurrentSchool

MOST_WORDS = 2000
MOST_SITES = 200
ANSWERS = ("allow", "hold", "refuse")
# Smallest and largest: posts held of a newcomer, days one is new, days in the bin.
BOUNDS = {"first_posts_held": (0, 20), "newcomer_days": (1, 365), "bin_days": (1, 365)}


@dataclass(frozen=True)
class PolicyView:
    """
    A school's filters.

    `words` are looked for as whole words, `word*` as beginnings. `on_words` and `on_links` are
    `allow`, `hold` or `refuse`; links to `allowed_sites`, and to the school's own host, pass.
    The first `first_posts_held` posts of who is here for less than `newcomer_days` are held.
    """

    words: Sequence[str] = ()
    on_words: str = "hold"
    on_links: str = "allow"
    allowed_sites: Sequence[str] = ()
    first_posts_held: int = 0
    newcomer_days: int = 30
    bin_days: int = 30


NAMES = tuple(each.name for each in fields(PolicyView))


def policy_of(school: CurrentSchool) -> PolicyView:
    """Return a school's filters; the defaults, where nobody has set any. One query."""
    row = Policy.objects.filter(school_id=school.id).values(*NAMES).first()
    return PolicyView(**row) if row else PolicyView()


def change_policy(
    *, actor: User, school: CurrentSchool, changes: Mapping[str, Any], at: datetime
) -> PolicyView:
    """
    Change a school's filters; `changes` holds only what is to change. They hold from then on.

    :raises Invalid: naming each field that has a value it cannot have
    """
    checked = _checked(changes)
    with transaction.atomic():
        Policy.objects.get_or_create(school_id=school.id)
        row = Policy.objects.select_for_update().get(school_id=school.id)
        before = {name: getattr(row, name) for name in checked}
        for name, value in checked.items():
            setattr(row, name, value)
        row.save(update_fields=list(checked))
        record_audit(
            action="moderation.filters_changed",
            school=school.uuid,
            actor=actor.uuid,
            target=school.uuid,
            target_type="school",
            changes={name: [before[name], checked[name]] for name in checked},
        )
        told = {"fields": sorted(checked)}
        publish(Fact("filters_changed", at=at, school=school.uuid, actor=actor.uuid, data=told))
    return policy_of(school)


def values_of(policy: PolicyView) -> dict[str, Any]:
    """Return a school's filters by name, as a form begins with them."""
    return asdict(policy)


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    checked = dict(changes)
    wrong: dict[str, list[str]] = {}
    for name, (least, most) in BOUNDS.items():
        if name in checked and not least <= checked[name] <= most:
            wrong[name] = [gettext("From %(least)s to %(most)s.") % {"least": least, "most": most}]
    for name in ("on_words", "on_links"):
        if name in checked and checked[name] not in ANSWERS:
            wrong[name] = [gettext("One of %(answers)s.") % {"answers": ", ".join(ANSWERS)}]
    if "words" in checked:
        checked["words"] = _entries(checked["words"])
        faults = [fault for each in checked["words"] if (fault := fault_of_entry(each))]
        if len(checked["words"]) > MOST_WORDS:
            faults.append(
                gettext("These are more than %(most_words)s.") % {"most_words": MOST_WORDS}
            )
        wrong |= {"words": faults[:10]} if faults else {}
    if "allowed_sites" in checked:
        checked["allowed_sites"] = [site.lower() for site in _entries(checked["allowed_sites"])]
        faults = [
            gettext("%(site)s is no site.") % {"site": repr(site)}
            for site in checked["allowed_sites"]
            if not is_site(site)
        ]
        if len(checked["allowed_sites"]) > MOST_SITES:
            faults.append(
                gettext("These are more than %(most_sites)s.") % {"most_sites": MOST_SITES}
            )
        wrong |= {"allowed_sites": faults[:10]} if faults else {}
    if wrong:
        raise Invalid(fields=wrong)
    return checked


def _entries(given: Sequence[str]) -> list[str]:
    """Return a list's entries, each once, in their order, without blanks around."""
    return list(dict.fromkeys(" ".join(entry.split()) for entry in given if entry.strip()))
