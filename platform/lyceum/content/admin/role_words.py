"""What the roles of a school are called where its staff read of them."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.functional import Promise
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


def called(code: str) -> str:
    """Return what those of a role are called; those of a plugin's that is not here, by its code."""
    own = roles.plugin_roles.get(code)
    return str(ROLES.get(code) or (own.label if own else code))


def holders(codes: Collection[str]) -> list[str]:
    """Return what all are called who hold what is given to some roles: those that include them."""
    including = [code for code in roles.ROLES if {code, *roles.INCLUDES[code]} & set(codes)]
    return [called(code) for code in (*including, *(c for c in codes if c not in roles.ROLES))]
