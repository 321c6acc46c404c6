"""Who is hidden from whom: one answer for every list of people, and of what people made."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lyceum.access.permissions import can
from lyceum.access.roles import roles_in
from lyceum.accounts.models import User
from lyceum.community.models import Block, Mute
from lyceum.community.permissions import MODERATE
from lyceum.kernel.errors import NotFound
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.roles import STAFF

Reader = User | AnonymousUser


def hidden_from(
    *,
    reader: Reader,
    school: CurrentSchool,
    author: str = "author",
    muted: bool = True,
    children: bool = True,
) -> Q:
    """
    Return the condition of rows that a reader is not shown: `rows.exclude(hidden_from(…))`.

    Hidden is whom the reader blocked or muted, who blocked the reader, and the school's children
    from all but its staff. Who moderates is hidden from nobody. It adds no query of its own.

    :param author: the path from a row to the person it is of
    :param muted: False for lists of people, in which the muted stand as before
    :param children: False for rows among which there are none, and none is looked for
    """
    hidden = Q()
    if isinstance(reader, User):
        hidden |= Q(**{f"{author}__in": Block.objects.filter(blocker=reader).values("blocked")})
        if muted:
            hidden |= Q(**{f"{author}__in": Mute.objects.filter(muter=reader).values("muted")})
        if not can(reader, MODERATE, school):
            blockers = Block.objects.filter(blocked=reader).values("blocker")
            hidden |= Q(**{f"{author}__in": blockers})
    if children and not sees_children(reader, school):
        # Asked of each row by itself, by the index: a school's children may be many, and a page's
        # rows are few. PostgreSQL would make of EXISTS a list of all children first.
        places = Membership.objects.filter(school_id=school.id, user=OuterRef(author))
        if isinstance(reader, User):
            places = places.exclude(user=reader)
        hidden |= Q(Coalesce(Subquery(places.values("is_child")), False))
    return hidden


def visible_people(*, reader: Reader, school: CurrentSchool) -> QuerySet[Membership]:
    """Return the school's active members whom a reader may know of, with person and profile."""
    apart = hidden_from(reader=reader, school=school, author="user", muted=False, children=False)
    return (
        Membership.objects.active()
        .filter(_known_to(reader, school), school_id=school.id, user__is_active=True)
        .exclude(apart)
        .select_related("user__profile")
    )


def find_person(*, reader: User, school: CurrentSchool, person: UUID) -> Membership:
    """
    Return the membership of a person whom a reader may know of.

    :raises NotFound: if the school has no such member, or they are hidden from this reader
    """
    found = visible_people(reader=reader, school=school).filter(user__uuid=person).first()
    if found is None:
        raise NotFound
    return found


def find_member(*, reader: User, school: CurrentSchool, person: UUID) -> Membership:
    """
    Return the membership of a person as if nobody had blocked anybody.

    For blocking back and for reports: to block first must not be a way to escape them.

    :raises NotFound: if the school has no such member, or they are a child and the reader no staff
    """
    members = Membership.objects.active().filter(school_id=school.id, user__is_active=True)
    members = members.filter(_known_to(reader, school), user__uuid=person)
    found = members.select_related("user").first()
    if found is None:
        raise NotFound
    return found


def sees_children(reader: Reader, school: CurrentSchool) -> bool:
    """Return whether a reader may know of the school's children: its staff, and the operator."""
    if not isinstance(reader, User):
        return False
    return reader.is_superuser or bool(roles_in(reader, school.id) & STAFF)


def _known_to(reader: Reader, school: CurrentSchool) -> Q:
    """Return the condition of memberships of whom a reader may know, children considered."""
    if sees_children(reader, school):
        return Q()
    known = Q(is_child=False)
    return known | Q(user=reader) if isinstance(reader, User) else known
