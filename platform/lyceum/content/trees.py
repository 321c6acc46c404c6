"""Which school a page belongs to: told by the root that its path begins with."""

from __future__ import annotations

from typing import Any

from lyceum.content.models import BasePage
from lyceum.kernel.context import current
from lyceum.schools.models import School

# A school's root lies right below the root of all.
ROOT_LENGTH = 2 * BasePage.steplen


def school_id_of_page(page: Any) -> int | None:
    """Return the id of a page's school; None for the root above all schools. One query a school."""
    root_path = page.path[:ROOT_LENGTH]
    memo = current().memo if current().request_id else {}
    key = ("school of tree", root_path)
    if key not in memo:
        schools = School.objects.filter(site__root_page__path=root_path)
        memo[key] = schools.values_list("pk", flat=True).first()
    found: int | None = memo[key]
    return found
