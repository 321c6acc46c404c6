"""What the roles of a school are called where its staff read of them."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.schools import roles

ROLES: dict[str, str | Promise] = {
    roles.STUDENT: _("learners"),
    roles.TEACHER: _("teachers"),
    roles.CONTENT_CREATOR: _("content creators"),
    roles.MODERATOR: _("moderators"),
    roles.MANAGER: _("managers"),
    roles.ADMIN: _("admins"),
}

# What one is called who has the role.
ONE: dict[str, str | Promise] = {
    roles.STUDENT: _("learner"),
    roles.TEACHER: _("teacher"),
    roles.CONTENT_CREATOR: _("content creator"),
    roles.MODERATOR: _("moderator"),
    roles.MANAGER: _("manager"),
    roles.ADMIN: _("admin"),
}


def called(code: str) -> str:
    """Return what those of a role are called; those of a plugin's that is not here, by its code."""
    own = roles.plugin_roles.get(code)
    return str(ROLES.get(code) or (own.label if own else code))


def holders(codes: Collection[str]) -> list[str]:
    """Return what all are called who hold what is given to some roles: those that include them."""
    including = [code for code in roles.ROLES if {code, *roles.INCLUDES[code]} & set(codes)]
    return [called(code) for code in (*including, *(c for c in codes if c not in roles.ROLES))]


def of_one(code: str) -> str:
    """Return what somebody is called who holds a role; that of an absent plugin, by its code."""
    own = roles.plugin_roles.get(code)
    return str(ONE.get(code) or (own.label if own else code))


def named(codes: Collection[str]) -> str:
    """Return what somebody is called who holds some roles, in the roles' own order."""
    ruled = [code for code in roles.ROLES if code in codes]
    others = sorted(code for code in codes if code not in roles.ROLES)
    return gettext(", ").join(of_one(code) for code in (*ruled, *others))
