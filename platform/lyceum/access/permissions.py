"""The one question: may this person do this to that?"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser

from lyceum.access.framework import is_framework_permission
from lyceum.access.registry import Permission, permissions
from lyceum.access.roles import all_roles, roles_in, school_id_of
from lyceum.accounts.models import User
from lyceum.kernel.errors import Forbidden, NotAuthenticated, NotFound
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.models import School
from lyceum.schools.scope import current_school

Person = User | AnonymousUser


def can(user: Person, permission: str, thing: Any = None) -> bool:
    """
    Return whether a person holds a permission over a thing.

    A school as the thing asks for all of it; without a thing the request's school is meant. Nobody
    has a right over another school's things but the operator, and an inactive person or
    membership has none at all.
    """
    if not isinstance(user, User) or not user.is_active:
        return False
    declared = permissions.get(permission)
    if declared is None:
        return user.is_superuser and is_framework_permission(permission)
    school_id = _school_id(thing)
    if declared.plugin and not _has_in_force(thing, school_id, declared.plugin):
        return False
    return user.is_superuser or _grants(declared, user, school_id, thing)


def authorise(user: Person, permission: str, thing: Any = None) -> None:
    """
    Let a person pass who may; else say why not.

    :raises NotAuthenticated: if nobody is signed in
    :raises NotFound: if the thing is another school's, of which one may not even know
    :raises Forbidden: if the person may know of it, and lacks the right
    """
    if can(user, permission, thing):
        return
    if not isinstance(user, User) or not user.is_active:
        raise NotAuthenticated
    school_id = _school_id(thing)
    is_school = thing is None or isinstance(thing, (School, CurrentSchool))
    if is_school or school_id is None or school_id in all_roles(user) or user.is_superuser:
        raise Forbidden
    raise NotFound


def permissions_of(user: Person, school: School | CurrentSchool) -> frozenset[str]:
    """Return the codes of all that a person may do throughout a school. One query."""
    is_operator = isinstance(user, User) and user.is_superuser
    return frozenset(
        declared.code
        for declared in permissions
        if (declared.roles or is_operator) and can(user, declared.code, school)
    )


def _school_id(thing: Any) -> int | None:
    if thing is not None:
        return school_id_of(thing)
    here = current_school()
    return here.id if here else None


def _has_in_force(thing: Any, school_id: int | None, plugin: str) -> bool:
    """Return whether a plugin is in force in a thing's school; no query for the request's own."""
    if school_id is None:
        return False
    known = (each for each in (thing, current_school()) if isinstance(each, CurrentSchool))
    school = next((each for each in known if each.id == school_id), None)
    return plugin in (school or school_by_id(school_id)).plugins


def _grants(declared: Permission, user: User, school_id: int | None, thing: Any) -> bool:
    if roles_in(user, school_id) & declared.roles:
        return True
    if declared.rule is None:
        return False
    # A thing of no school is a person's own: the rule alone judges.
    is_known_there = school_id is None or school_id in all_roles(user)
    return is_known_there and declared.rule(user, thing)
