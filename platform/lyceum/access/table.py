"""What each role may do in its school, for the rooms below this one."""

from __future__ import annotations

from lyceum.access.registry import declare
from lyceum.schools.roles import ADMIN, CONTENT_CREATOR, MANAGER, MODERATOR, STUDENT, TEACHER


def declare_permissions() -> None:
    """Declare what may be done with schools, people and the spine; no role means operators."""
    declare("schools.belong", "Take part in the school", STUDENT)
    declare("schools.view_members", "See the school's members", MANAGER)
    declare("schools.manage_members", "Admit, change and deactivate members", MANAGER)
    declare("schools.assign_roles", "Give and take staff roles", ADMIN)
    declare("schools.invite", "Invite people to the school", MANAGER)
    declare("schools.change_settings", "Change the school's settings", MANAGER)
    declare("schools.switch_plugins", "Switch plugins on and off, and set them up", MANAGER)
    declare("schools.purge_plugins", "Delete a plugin's data", ADMIN)
    declare("schools.view_cohorts", "See one's own classes", TEACHER)
    declare("schools.manage_cohorts", "See and change every class", MANAGER)
    declare("accounts.look_after", "Look after managed accounts of one's own classes", TEACHER)
    declare("accounts.look_after_all", "Look after every managed account", MANAGER)
    declare("schools.export", "Take out all that the school holds", ADMIN)
    declare("schools.delete", "Delete the school", ADMIN)
    declare("audit.view", "Read the audit log", ADMIN)
    declare(
        "wagtailadmin.access_admin",
        "Open the editor",
        *(TEACHER, CONTENT_CREATOR, MODERATOR, MANAGER, ADMIN),
    )
    declare("instance.manage_schools", "Make and suspend schools")
    declare("instance.view_health", "See the instance's health in detail")
