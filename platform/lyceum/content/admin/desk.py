"""The home of a person who writes all day: what waits for them, and the pages to finish."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

from lyceum.access.permissions import can
from lyceum.content.admin.reports import (
    SchoolReport,
    SchoolReportItem,
    categories_of,
    harmless,
    report_addresses,
)
from lyceum.content.desk.queries import (
    AUDIO,
    DRAFT,
    TRANSLATION,
    desk_of,
    lacking,
    latest_first,
    pages_of,
    row_of,
    sees_all,
)
from lyceum.content.models import BasePage
from lyceum.content.publication.remarks import LANGUAGE_NAMES
from lyceum.http.requests import school_of, user_of
from lyceum.schools.levels import levels_of
from lyceum.schools.scope import current_school

app_name = "lyceum_desk"
PERMISSION = "wagtailadmin.access_admin"
A_TIME = 500  # rows read at once for a file

# Wagtail's panels of the same, which ask the database about each page.
IN_THEIR_PLACE = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)


class DeskMenuItem(SchoolReportItem):
    """The way to the pages to finish, among the reports."""

    permission = PERMISSION


class DeskPanel(Component):
    """What waits for somebody at their school: counts, and the latest of each."""

    name = "lyceum-desk"
    template_name = "content/admin/desk.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        school = school_of(request)
        desk = desk_of(user_of(request), school)
        return {
            "desk": desk,
            "lists": [
                (DRAFT, _("Drafts"), desk.few_drafts, desk.drafts),
                (TRANSLATION, _("Missing translations"), desk.few_translations, desk.translations),
                (AUDIO, _("Missing audio"), desk.few_audio, desk.audio),
            ],
            "has_languages": len(school.languages) > 1,
        }


def put_on_home(request: HttpRequest, panels: list[Any]) -> None:
    """Put the desk of a school's staff on the editor's first page."""
    if current_school() is not None and can(request.user, PERMISSION):
        panels[:] = [panel for panel in panels if not isinstance(panel, IN_THEIR_PLACE)]
        panels.append(DeskPanel())


class DeskFilterSet(WagtailFilterSet):
    """Which of the pages to finish are asked for."""

    lacks = django_filters.ChoiceFilter(
        label=_("What is to be done"),
        empty_label=_("Anything"),
        choices=[
            (DRAFT, _("Drafts")),
            (TRANSLATION, _("Missing translations")),
            (AUDIO, _("Missing audio")),
        ],
        method="of_sort",
    )
    language = django_filters.ChoiceFilter(
        label=_("Missing in"), empty_label=_("Any language"), method="in_language"
    )
    level = django_filters.ChoiceFilter(label=_("Level"), empty_label=_("Any level"))
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=categories_of, method="within"
    )

    class Meta:
        model = BasePage
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.school = school_of(self.request)
        languages = [(code, LANGUAGE_NAMES[code]) for code in self.school.languages]
        self.filters["language"].extra["choices"] = languages
        levels = [(level, level) for level in levels_of(self.school.level_scale)]
        self.filters["level"].extra["choices"] = levels

    def of_sort(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return pages.filter(lacking(value, self.school))

    def in_language(self, pages: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return pages.filter(lacking(TRANSLATION, self.school, [value]))

    def within(self, pages: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return pages.filter(path__startswith=value.path)


class Pages(WagtailPaginator):
    """Calls what is listed by words that can be translated."""

    verbose_name = _("page")
    verbose_name_plural = _("pages")


class DeskView(SchoolReport):
    """The pages to finish: a manager's are the school's, a creator's their own."""

    page_title = _("Pages to finish")
    header_icon = "tasks"
    filterset_class = DeskFilterSet
    index_url_name = "lyceum_desk:index"
    index_results_url_name = "lyceum_desk:index_results"
    results_template_name = "content/admin/desk_results.html"
    paginator_class = Pages
    file_name = "pages-to-finish"
    list_export = ["title", "type", "level", "status", "languages", "sounds", "changed_at"]
    export_headings = {
        "title": _("Title"),
        "type": _("Type"),
        "level": _("Level"),
        "status": _("Status"),
        "languages": _("Missing in"),
        "sounds": _("Missing audio"),
        "changed_at": _("Updated"),
    }

    def get_queryset(self) -> Any:
        school = school_of(self.request)
        anything: Q = lacking(DRAFT, school) | lacking(AUDIO, school) | lacking(TRANSLATION, school)
        pages = pages_of(user_of(self.request), school).filter(anything)
        return latest_first(pages).select_related("readiness")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        school = school_of(self.request)
        return {
            **context,
            "sees_all": sees_all(user_of(self.request), school),
        }

    def decorate_paginated_queryset(self, pages: Any) -> Any:
        if self.is_export:
            return pages.iterator(A_TIME)
        return [row_of(page, school_of(self.request)) for page in pages]

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = row_of(item, school_of(self.request))
        told = {
            "title": row.title,
            "type": row.type,
            "level": row.level,
            "status": str(_("Draft") if row.is_draft else _("Published")),
            "languages": ", ".join(row.languages),
            "sounds": row.sounds,
            "changed_at": row.changed_at.isoformat() if row.changed_at else "",
        }
        return {name: harmless(cell) for name, cell in told.items()}


urlpatterns = report_addresses(DeskView, PERMISSION)
