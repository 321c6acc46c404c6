"""Who may make schools, and who may change which."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from lyceum.access.permissions import can
from lyceum.accounts.models import User
from lyceum.schools.models import School
from lyceum.schools.scope import current_school


class SchoolPolicy(ModelPermissionPolicy):
    """Operators make schools; who may change a school's settings sees and changes that one."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "add":
            return can(user, "instance.manage_schools")
        if action in {"change", "view"}:
            return user.is_superuser or can(user, "schools.change_settings")
        return False

    def user_has_permission_for_instance(self, user: User, action: str, instance: School) -> bool:
        return action in {"change", "view"} and can(user, "schools.change_settings", instance)

    def instances_user_has_any_permission_for(self, user: User, actions: Any) -> Any:
        if user.is_superuser and current_school() is None:
            return School.objects.all()
        here = current_school()
        may = here is not None and can(user, "schools.change_settings", here)
        return School.objects.filter(id=here.id) if here and may else School.objects.none()
