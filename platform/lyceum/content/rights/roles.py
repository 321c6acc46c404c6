"""Which roles may do what to pages and files, as the rows that Wagtail's policies understand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db.models import Model, Q, QuerySet

from lyceum.access.roles import all_roles
from lyceum.accounts.models import User
from lyceum.schools.models import Membership
from lyceum.schools.roles import ADMIN, CONTENT_CREATOR, MANAGER, TEACHER
from lyceum.schools.scope import current_school

PAGE_ACTIONS = frozenset({"add", "change", "publish", "lock", "unlock", "bulk_delete"})
FILE_ACTIONS = frozenset({"add", "change", "choose"})

# What each role may do throughout its school, without any grant.
PAGE_RIGHTS: dict[str, frozenset[str]] = {MANAGER: PAGE_ACTIONS, ADMIN: PAGE_ACTIONS}
FILE_RIGHTS: dict[str, frozenset[str]] = {
    TEACHER: frozenset({"add", "choose"}),
    CONTENT_CREATOR: frozenset({"add", "choose"}),
    MANAGER: FILE_ACTIONS,
    ADMIN: FILE_ACTIONS,
}

# What a grant on a page can give to a holder of the role, whatever it names.
GRANTABLE: dict[str, frozenset[str]] = {
    TEACHER: frozenset({"add", "change"}),
    CONTENT_CREATOR: PAGE_ACTIONS,
    MANAGER: PAGE_ACTIONS,
    ADMIN: PAGE_ACTIONS,
}


@dataclass(frozen=True)
class Codename:
    """Stands for a row of Django's permission table, of which policies read the name alone."""

    codename: str


@dataclass(frozen=True)
class PageRight:
    """One action on a page and all below it."""

    page: Any
    permission: Codename

    @property
    def page_id(self) -> int:
        return int(self.page.pk)


@dataclass(frozen=True)
class CollectionRight:
    """One action on the files of a collection and of those below it."""

    collection: Any
    permission: Codename

    @property
    def collection_id(self) -> int:
        return int(self.collection.pk)


def rights_of(roles: Iterable[str], table: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the actions that a table gives to any of the roles."""
    return frozenset().union(*(table.get(role, frozenset()) for role in roles))


def roles_with(actions: Iterable[str], table: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the roles to which a table gives at least one of the actions."""
    wanted = frozenset(actions)
    return frozenset(role for role, given in table.items() if given & wanted)


def codename(action: str, model: type[Model]) -> Codename:
    """Return Django's name for doing something to a model, as in `change_basepage`."""
    return Codename(get_permission_codename(action, model._meta))


def schools_at_hand(user: User) -> dict[int, frozenset[str]]:
    """
    Return the schools (ids) whose content the person may work on now, with the roles held there.

    Within a request for a school it is that school at most, whatever else the person belongs to.
    """
    here = current_school()
    held = all_roles(user)
    if here is None:
        return held
    return {here.id: held[here.id]} if here.id in held else {}


def members_holding(roles: Iterable[str], school_id: int | None) -> QuerySet[Any, Any]:
    """Return the ids of the active members who hold one of the roles, in one school or in any."""
    named = Q(pk__in=())
    for role in roles:
        named |= Q(roles__contains=f",{role},")
    members = Membership.objects.active().filter(named)
    if school_id is not None:
        members = members.filter(school_id=school_id)
    return members.values("user_id")
