"""Django's way to the door: `User.has_perm` and the templates' `perms` ask here."""

from __future__ import annotations

from typing import Any

from asgiref.sync import sync_to_async
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied

from lyceum.access.permissions import can
from lyceum.access.registry import permissions
from lyceum.accounts.models import User


class AccessBackend(BaseBackend):
    """
    Stands first among the backends and has the last word.

    A no is raised, not returned: another backend would read Django's permission rows, which know
    of no schools. It authenticates nobody.
    """

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        if not can(user_obj, perm, obj):
            raise PermissionDenied
        return True

    async def ahas_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return await sync_to_async(self.has_perm)(user_obj, perm, obj)

    def get_user(self, user_id: int) -> User | None:
        """Return the person of a session that names this backend, as a forced log-in's does."""
        # With the profile, whose language and time zone pages are made in.
        found = User.objects.select_related("profile")
        return found.filter(pk=user_id, is_active=True).first()

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        codes = [each.code for each in permissions if each.code.startswith(f"{app_label}.")]
        is_operator = user_obj.is_active and user_obj.is_superuser
        if is_operator or any(can(user_obj, code) for code in codes):
            return True
        raise PermissionDenied
