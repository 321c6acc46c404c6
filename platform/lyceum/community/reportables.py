"""What can be reported: a person, and every kind of thing that a plugin makes reportable."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.models import User
from lyceum.community.contact import Party, party_of
from lyceum.community.people import name_of
from lyceum.community.visibility import find_member
from lyceum.kernel.errors import Conflict, Invalid, NotFound
from lyceum.kernel.plugins.guarding import called, noting
from lyceum.kernel.plugins.hooks import hooks
from lyceum.schools.current import CurrentSchool

logger = logging.getLogger(__name__)

PERSON = "person"
LONGEST_EXCERPT = 2000
LONGEST_TYPE = 50
# Seconds. Others wait for the case meanwhile; on SQLite, whoever writes anything.
CHANGE_BUDGET = 2.0


class NotReportable(Invalid):
    """
    There is no such type of thing that could be reported.

    `errors.type` names those there are in this school.
    """

    code = "not_reportable"
    detail = "Nothing of this type can be reported."


class ThingUnavailable(Conflict):
    """
    The thing cannot be reached: what it is part of is switched off, or at fault.

    The case stays. Try again once its plugin is back.
    """

    code = "thing_unavailable"
    detail = _("The thing cannot be reached at the moment.")


@dataclass(frozen=True)
class Seen:
    """
    A thing as a reader sees it now.

    :param author: whose it is, None if nobody's
    :param excerpt: its words, kept with the report: what is changed later stays provable
    :param address: where moderators look at it, as a path, "" for nowhere
    """

    author: UUID | None
    excerpt: str
    address: str = ""


Look = Callable[[CurrentSchool, UUID, Party], Seen | None]
Change = Callable[[CurrentSchool, UUID, datetime], None]


@dataclass(frozen=True)
class Reportable:
    """
    A type of thing that people can report, and moderators act upon.

    `look` returns a thing as a reader sees it, None if it is not there for them. The others change
    a thing in the transaction of the moderator's act, whatever its state, and twice is as once:
    `hide` takes it from everyone's sight, `restore` shows it again, out of the bin too, and `erase`
    deletes it for good. One that breaks, or takes longer than two seconds, undoes the act.

    :param type: `<slug>.<noun>`, at most 50 characters
    :param label: what a moderator reads, as in "Comment"
    """

    type: str
    label: str
    look: Look
    hide: Change
    restore: Change
    erase: Change

    @property
    def slug(self) -> str:
        return self.type.partition(".")[0]


def reportables_of(school: CurrentSchool) -> dict[str, Reportable]:
    """Return what can be reported in a school beside people, by type."""
    return {each.type: each for each in _contributed(school)}


def reportable(school: CurrentSchool, type: str) -> Reportable:
    """
    Return a type of thing that moderators act upon.

    :raises ThingUnavailable: if nothing in the school brings such things at the moment
    """
    found = reportables_of(school).get(type)
    if found is None:
        raise ThingUnavailable
    return found


def look_at(*, reader: User, school: CurrentSchool, type: str, thing: UUID) -> Seen:
    """
    Return what a reader is about to report.

    :raises NotReportable: if there is no such type
    :raises NotFound: if the reader cannot see it
    :raises ThingUnavailable: if its plugin is at fault
    """
    if type == PERSON:
        person = find_member(reader=reader, school=school, person=thing).user
        return Seen(author=person.uuid, excerpt=f"{name_of(person)}\n{person.profile.bio}".strip())
    known = reportables_of(school)
    if type not in known:
        names = ", ".join([PERSON, *sorted(known)])
        raise NotReportable(fields={"type": [f"It is none of: {names}."]})
    side = party_of(reader, school)
    with noting(ThingUnavailable):
        seen = called(
            known[type].slug,
            f"{type}.look",
            lambda: _seen(known[type].look(school, thing, side)),
            school=school,
        )
    if seen is None:
        raise NotFound
    return seen


def _seen(told: Seen | None) -> Seen | None:
    if told is not None and not isinstance(told, Seen):
        raise TypeError(f"`look` returned a {type(told).__name__}.")
    return told


def change(
    known: Reportable,
    doing: Literal["hide", "restore", "erase"],
    thing: UUID,
    *,
    school: CurrentSchool,
    at: datetime,
) -> None:
    """
    Have a plugin change a thing. Inside a transaction, with `noting(ThingUnavailable)` round it.

    :raises PluginBroke: if it breaks, or takes too long: what it began must not be kept
    """

    def act() -> None:
        # What fails in the database is the plugin's failure, even if it hides it.
        with transaction.atomic():
            getattr(known, doing)(school, thing, at)

    called(
        known.slug,
        f"{known.type}.{doing}",
        act,
        school=school,
        budget=CHANGE_BUDGET,
        in_transaction=True,
    )


def label_of(school_types: dict[str, Reportable], type: str) -> str:
    """Return what a type of thing is called; its code, where nothing brings it any more."""
    if type == PERSON:
        return gettext("Person")
    return school_types[type].label if type in school_types else type


def _contributed(school: CurrentSchool) -> Iterator[Reportable]:
    for contribution in hooks.contributions("register_reportables", school=school):
        slug, given = contribution.slug, contribution.value
        for each in given if isinstance(given, list | tuple) else [given]:
            if _is_sound(each, slug):
                yield each
            else:
                logger.error("%s: register_reportables gave %r, and must not.", slug, each)


def _is_sound(each: object, slug: str) -> bool:
    return (
        isinstance(each, Reportable)
        and each.type.startswith(f"{slug}.")
        and len(each.type) <= LONGEST_TYPE
    )
