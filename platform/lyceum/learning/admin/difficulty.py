"""The report of exercises that many get wrong, for those who write them."""

from __future__ import annotations

from itertools import chain, islice
from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator

from lyceum.content.admin.doors import open_to
from lyceum.content.admin.reports import (
    SchoolReport,
    SchoolReportItem,
    categories_of,
    harmless,
    report_addresses,
)
from lyceum.content.admin.showing import show_page
from lyceum.content.models import BasePage
from lyceum.content.rights.pages import may, page_policy
from lyceum.http.requests import school_of, user_of
from lyceum.learning.admin.addresses import NAMESPACE
from lyceum.learning.difficulty import FEWEST_ANSWERS, difficult, told, wrong_answers
from lyceum.learning.models import ExerciseTally
from lyceum.schools.levels import levels_of

app_name = NAMESPACE
PERMISSION = "wagtailadmin.access_admin"
TITLE = _("Exercises that many get wrong")
MOST_ANSWERS = 1_000_000
A_TIME = 500  # rows read at once for a file


class DifficultyMenuItem(SchoolReportItem):
    """The way to the report, among the others."""

    permission = PERMISSION


class DifficultyFilterSet(WagtailFilterSet):
    """Which exercises are asked about. The view asks `difficult` for them."""

    category = django_filters.ModelChoiceFilter(label=_("Category"), queryset=categories_of)
    level = django_filters.ChoiceFilter(label=_("Level"), empty_label=_("Any level"))
    at_least = django_filters.NumberFilter(
        label=_("Answers at least"), min_value=1, max_value=MOST_ANSWERS
    )

    class Meta:
        model = ExerciseTally
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = levels_of(school_of(self.request).level_scale)
        self.filters["level"].extra["choices"] = [(level, level) for level in levels]


class Exercises(WagtailPaginator):
    """Calls what is listed by words that can be translated."""

    verbose_name = _("exercise")
    verbose_name_plural = _("exercises")


class DifficultyView(SchoolReport):
    """The exercises that somebody may change, the largest share of wrong answers first."""

    page_title = TITLE
    header_icon = "help"
    filterset_class = DifficultyFilterSet
    index_url_name = f"{NAMESPACE}:index"
    index_results_url_name = f"{NAMESPACE}:index_results"
    results_template_name = "learning/admin/difficulty_results.html"
    paginator_class = Exercises
    file_name = "exercises-wrong"
    list_export = ["title", "lesson", "level", "answers", "wrong", "share_wrong", "mean_score"]
    export_headings = {
        "title": _("Exercise"),
        "lesson": _("Lesson"),
        "level": _("Level"),
        "answers": _("Answers"),
        "wrong": _("Wrong"),
        "share_wrong": _("Share of wrong answers"),
        "mean_score": _("Mean score"),
    }

    def get_filtered_queryset(self) -> Any:
        if not self.filters.is_valid():
            return ExerciseTally.objects.none()
        asked = self.filters.form.cleaned_data
        school, pages = school_of(self.request), self._pages()
        if asked["category"]:
            pages = pages.filter(path__startswith=asked["category"].path)
        if asked["level"]:
            pages = pages.filter(level=asked["level"])
        return difficult(school, pages=pages, at_least=int(asked["at_least"] or FEWEST_ANSWERS))

    def _pages(self) -> QuerySet[Any]:
        found: QuerySet[Any] = page_policy.instances_user_has_permission_for(
            user_of(self.request), "change"
        )
        return found.filter(path__startswith=school_of(self.request).root_path)

    def decorate_paginated_queryset(self, tallies: Any) -> Any:
        if not self.is_export:
            return told(tallies)
        read = tallies.iterator(A_TIME)
        batches = iter(lambda: list(islice(read, A_TIME)), [])
        return chain.from_iterable(map(told, batches))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "fewest": FEWEST_ANSWERS}

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        row = {name: getattr(item, name) for name in self.list_export}
        rounded = {name: round(row[name], 4) for name in ("share_wrong", "mean_score")}
        return {name: harmless(cell) for name, cell in {**row, **rounded}.items()}


@open_to(PERMISSION)
def answers(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the figures of one exercise, and the wrong answers that several people gave."""
    page = BasePage.objects.filter(pk=page_id).first()
    exercise = page and page.specific
    if exercise is None or not hasattr(exercise, "task"):
        raise Http404
    if not may(user_of(request), "change", exercise):
        raise PermissionDenied
    here = BasePage.objects.filter(pk=page_id)
    return show_page(
        request,
        "learning/admin/wrong_answers.html",
        {
            "exercise": exercise,
            "figures": next(
                iter(told(difficult(school_of(request), pages=here, at_least=1))), None
            ),
            "answers": wrong_answers(exercise),
        },
        title=exercise.get_admin_display_title(),
        icon="help",
        above=[(reverse(f"{NAMESPACE}:index"), TITLE)],
    )


urlpatterns = [
    *report_addresses(DifficultyView, PERMISSION),
    path("<int:page_id>/", answers, name="answers"),
]
