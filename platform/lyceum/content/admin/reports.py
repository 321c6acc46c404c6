"""What a school's own reports have in common: who is led to them, and what their files hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.schools.scope import current_school

# What a spreadsheet would take for a formula.
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


class SchoolReportItem(MenuItem):
    """The way to a report of one school, for who holds its permission there."""

    permission = ""

    def is_shown(self, request: HttpRequest) -> bool:
        here = current_school()
        return here is not None and can(request.user, self.permission)


def harmless(cell: Any) -> Any:
    """Return a cell of a spreadsheet that none takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell
