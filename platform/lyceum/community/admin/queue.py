"""Moderation in the admin: the queue, its cases, the bin, and the school's filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.community import bin, cases, moderation, policy
from lyceum.community.admin.addresses import NAMESPACE
from lyceum.community.admin.forms import ActForm, FiltersForm, show_refusal
from lyceum.community.permissions import MODERATE, SET_POLICY
from lyceum.community.reportables import PERSON
from lyceum.content.admin.doors import open_to
from lyceum.content.admin.showing import show_page
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError, NotFound
from lyceum.schools.scope import current_school

app_name = NAMESPACE
A_PAGE = 30
STATES = {
    "open": gettext_lazy("Open"),
    "pending": gettext_lazy("Pending"),
    "reviewed": gettext_lazy("Reviewed"),
    "resolved": gettext_lazy("Resolved"),
    "dismissed": gettext_lazy("Dismissed"),
}

View = Callable[..., HttpResponse]


class ModerationMenuItem(MenuItem):
    """The way to the queue, for those who moderate."""

    def is_shown(self, request: HttpRequest) -> bool:
        return current_school() is not None and can(request.user, MODERATE)


@open_to(MODERATE)
def queue(request: HttpRequest) -> HttpResponse:
    """List the cases of one state, those that are open unless another is asked for."""
    school, asked = school_of(request), request.GET.get("state", "open")
    state = asked if asked in STATES else "open"
    found = cases.queue_of(school, moderator=user_of(request), state=state)
    pages = Paginator(found.order_by(*cases.ORDER), A_PAGE)
    shown = pages.get_page(request.GET.get("p"))
    view = cases.case_views(school)
    return _page(
        request,
        "community/admin/queue.html",
        {
            "cases": [view(case) for case in shown],
            "page": shown,
            "state": state,
            "states": STATES,
            "may_set_filters": can(request.user, SET_POLICY),
        },
    )


@open_to(MODERATE)
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show a case with all that was reported and done, and do something with it."""
    school, moderator, at = school_of(request), user_of(request), now()
    told = cases.read_case(moderator=moderator, school=school, case_id=case, at=at)
    form = ActForm(
        request.POST or None,
        for_thing=told.type != PERSON,
        for_author=told.author is not None,
        is_open=told.state in ("pending", "reviewed"),
    )
    if request.method == "POST" and form.is_valid():
        act = moderation.Act(**form.cleaned_data)
        try:
            moderation.moderate(moderator=moderator, school=school, case_id=case, act=act, at=at)
        except NotFound:
            raise
        except DomainError as error:
            show_refusal(error, form)
        else:
            messages.success(request, gettext("Done."))
            return redirect(f"{NAMESPACE}:case", case=case)
    values = {"case": told, "form": form}
    return _page(request, "community/admin/case.html", values, title=told.label)


@open_to(MODERATE)
def bin_page(request: HttpRequest) -> HttpResponse:
    """List what was deleted lately, and can be brought back."""
    school = school_of(request)
    found = bin.bin_of(school, moderator=user_of(request))
    shown = Paginator(found.order_by("-id"), A_PAGE).get_page(request.GET.get("p"))
    view = bin.binned_views(school)
    return _page(
        request,
        "community/admin/bin.html",
        {"things": [view(each) for each in shown], "page": shown},
        title=gettext("The bin"),
    )


@open_to(MODERATE)
@require_POST
def restore(request: HttpRequest, binned: UUID) -> HttpResponse:
    """Bring a deleted thing back."""
    school, moderator = school_of(request), user_of(request)
    try:
        bin.restore_thing(moderator=moderator, school=school, binned_id=binned, at=now())
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("It is back."))
    return redirect(f"{NAMESPACE}:bin")


@open_to(SET_POLICY)
def filters(request: HttpRequest) -> HttpResponse:
    """Show and change what the school holds back of what its people write."""
    school = school_of(request)
    initial = policy.values_of(policy.policy_of(school))
    form = FiltersForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        changes = {
            name: value for name, value in form.cleaned_data.items() if value != initial[name]
        }
        try:
            policy.change_policy(actor=user_of(request), school=school, changes=changes, at=now())
        except DomainError as error:
            show_refusal(error, form)
        else:
            messages.success(request, gettext("The filters are saved."))
            return redirect(f"{NAMESPACE}:filters")
    title = gettext("Filters")
    return _page(request, "community/admin/filters.html", {"form": form}, title=title)


def _page(
    request: HttpRequest, template: str, values: dict[str, Any], *, title: str = ""
) -> HttpResponse:
    queue, called = reverse(f"{NAMESPACE}:queue"), gettext("Moderation")
    above = [(queue, called)] if title else []
    return show_page(request, template, values, title=title or called, icon="warning", above=above)


urlpatterns = [
    path("", queue, name="queue"),
    path("bin/", bin_page, name="bin"),
    path("bin/<uuid:binned>/restore/", restore, name="restore"),
    path("filters/", filters, name="filters"),
    path("<uuid:case>/", case, name="case"),
]
