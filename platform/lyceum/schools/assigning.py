"""Which roles there are to give in a school, and what becomes of those that cannot be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lyceum.kernel.errors import Forbidden, Invalid
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import Membership
from lyceum.schools.roles import dormant, names_of, roles_at


def chosen_roles(
    codes: Iterable[str], *, school: CurrentSchool, field: str = "roles"
) -> frozenset[str]:
    """
    Return how roles are kept that somebody chose by their codes.

    :raises Invalid: if there are none, or there is no such role in the school; a plugin's is there
        as long as the plugin is in force
    """
    wanted, known = set(codes), roles_at(school.plugins)
    if not wanted or not wanted <= set(known):
        message = f"Roles are one or more of {', '.join(known)}."
        raise Invalid(message, fields={field: [message]})
    return names_of(wanted)


def roles_after(
    membership: Membership,
    changes: Mapping[str, Any],
    *,
    school: CurrentSchool,
    may_assign_roles: bool,
) -> frozenset[str]:
    """
    Return how a member's roles are kept after changes, which may name others by their codes.

    Roles of plugins that are not in force stay: nobody who gives and takes roles sees them.

    :raises Invalid: if there is no such role in the school
    :raises Forbidden: if the roles are others than before, and the actor may not assign them
    """
    if "roles" not in changes:
        return membership.roles
    roles = chosen_roles(changes["roles"], school=school) | dormant(
        membership.roles, school.plugins
    )
    if roles != membership.roles and not may_assign_roles:
        raise Forbidden(_("Roles are given and taken by the school's admins."))
    return roles
