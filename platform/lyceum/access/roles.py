"""What a person is in the schools they belong to, read once a request."""

from __future__ import annotations

from typing import Any

from lyceum.access.registry import school_finders
from lyceum.accounts.models import User
from lyceum.kernel.context import current
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership, School
from lyceum.schools.roles import asks_for_plugins, with_included

RolesBySchool = dict[int, frozenset[str]]


def all_roles(user: User) -> RolesBySchool:
    """
    Return each school (id) of which the person is an active member, with the roles held there:
    those of plugins as far as these are in force.

    One query, kept for the length of a request.
    """
    # Outside a request nothing is kept: a task may see roles change while it runs.
    if not current().request_id:
        return _read_roles(user)
    memo = current().memo
    key = ("roles", user.pk)
    if key not in memo:
        memo[key] = _read_roles(user)
    kept: RolesBySchool = memo[key]
    return kept


def forget_roles(user: User) -> None:
    """Read a person's roles anew, after they changed within this request."""
    current().memo.pop(("roles", user.pk), None)


def roles_in(user: User, school_id: int | None) -> frozenset[str]:
    """Return the roles held in a school, with all they include; none for who is no member."""
    if school_id is None or not user.is_active:
        return frozenset()
    return all_roles(user).get(school_id, frozenset())


def school_id_of(thing: Any) -> int | None:
    """Return the id of the school that a thing belongs to; None if it belongs to none."""
    if isinstance(thing, School):
        return thing.pk
    if isinstance(thing, CurrentSchool):
        return thing.id
    for model in type(thing).__mro__:
        label = getattr(getattr(model, "_meta", None), "label", "")
        finder = school_finders.get(label)
        if finder is not None:
            return finder(thing)
    found: int | None = getattr(thing, "school_id", None)
    return found


def _read_roles(user: User) -> RolesBySchool:
    rows = Membership.objects.active().filter(user=user)
    return {
        school_id: with_included(roles, host.in_force(on) if asks_for_plugins(roles) else ())
        for school_id, roles, on in rows.values_list("school_id", "roles", "school__plugins")
    }
