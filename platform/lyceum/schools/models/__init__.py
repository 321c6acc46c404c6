"""The tables of schools, gathered for Django."""

from lyceum.schools.models.files import DroppedFile
from lyceum.schools.models.people import Cohort, Invitation, Membership, MembershipQuerySet
from lyceum.schools.models.plugins import (
    PluginFailure,
    PluginInstall,
    PluginSettings,
    PluginSwitch,
)
from lyceum.schools.models.school import School

__all__ = [
    "Cohort",
    "DroppedFile",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "PluginFailure",
    "PluginInstall",
    "PluginSettings",
    "PluginSwitch",
    "School",
]
