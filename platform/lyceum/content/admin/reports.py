"""What a school's own reports have in common: who is led to them, and what their files hold."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.reports import ReportView

from lyceum.access.permissions import can
from lyceum.content.admin.doors import open_to
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


class SchoolReport(ReportView):
    """A report of one school; what of it somebody may see is for the view below to say."""

    is_searchable = False
    file_name = ""  # what its files are called, before the school and the day

    def get_filename(self) -> str:
        slug = school_of(self.request).slug
        return f"{self.file_name}-{slug}-{timezone.localdate():%Y-%m-%d}"

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(self.export_headings[field])


def report_addresses(report: type[SchoolReport], permission: str) -> list[URLPattern]:
    """
    Return the addresses of a report, for who holds a permission: `index`, `index_results`.

    The first is its page, or what of it is asked for as a file; the other the rows alone, for the
    page that has its filters changed.
    """

    @open_to(permission)
    def index(request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = report.as_view()(request)
        return answer

    @open_to(permission)
    def index_results(request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = report.as_view(results_only=True)(request)
        return answer

    return [path("", index, name="index"), path("results/", index_results, name="index_results")]


def harmless(cell: Any) -> Any:
    """Return a cell of a spreadsheet that none takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell


def categories_of(request: HttpRequest) -> QuerySet[Any]:
    """Return what lies right below the school: categories, courses and banks."""
    root = school_of(request).root_path
    top = BasePage.objects.filter(path__startswith=root, depth=len(root) // BasePage.steplen + 1)
    return top.order_by("path")
