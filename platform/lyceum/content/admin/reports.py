"""What a school's own reports have in common: who is led to them, and what their files hold."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.content.models import BasePage
from lyceum.http.requests import school_of
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


def categories_of(request: HttpRequest) -> QuerySet[Any]:
    """Return what lies right below the school: categories, courses and banks."""
    root = school_of(request).root_path
    top = BasePage.objects.filter(path__startswith=root, depth=len(root) // BasePage.steplen + 1)
    return top.order_by("path")
