"""Tells Wagtail whom to ask about pages and files."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy

from lyceum.content.admin.school_policy import SchoolPolicy
from lyceum.content.models import BasePage
from lyceum.content.rights.files import LIBRARIES, SchoolFilesPolicy
from lyceum.content.rights.pages import page_policy
from lyceum.schools.models import School


def register_policies() -> None:
    """Put our policies in the place of Wagtail's own."""
    register_permission_policy(BasePage, page_policy)
    register_permission_policy(School, SchoolPolicy(School))
    for library in LIBRARIES:
        # Exactly: Wagtail's own apps, readied later, register theirs for the class in general.
        register_permission_policy(library, SchoolFilesPolicy(library), exact_class=True)
