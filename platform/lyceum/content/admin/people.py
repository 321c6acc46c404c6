"""The people of a school in the editor: who belongs to it, who waits, and what each may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views.generic.base import BaseListingView

from lyceum.access.permissions import can
from lyceum.content.admin import inviting
from lyceum.content.admin.doors import open_to
from lyceum.content.admin.people_columns import NameColumn, StatusColumn
from lyceum.content.admin.people_forms import STATUSES, MemberForm, role_choices
from lyceum.content.admin.role_words import named
from lyceum.content.admin.school_choices import show_refusal
from lyceum.content.admin.showing import show_page
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError, NotFound
from lyceum.schools.membership import change_member
from lyceum.schools.models import Membership
from lyceum.schools.queries import member_of, members_of
from lyceum.schools.roles import in_force
from lyceum.schools.scope import current_school

app_name = "lyceum_people"
SEE = "schools.view_members"
CHANGE = "schools.manage_members"
ASSIGN = "schools.assign_roles"
CHILDREN = "accounts.look_after_all"

LONGEST_SEARCH = 100
# Who waits, before who belongs to the school, before who did.
TURN = Case(
    When(status=Membership.Status.PENDING, then=Value(0)),
    When(status=Membership.Status.ACTIVE, then=Value(1)),
    default=Value(2),
)


class PeopleMenuItem(MenuItem):
    """The way to the people, for who may see them all."""

    def is_shown(self, request: HttpRequest) -> bool:
        return current_school() is not None and can(request.user, SEE)


class WaitingPanel(Component):
    """How many wait to be let in, on the editor's first page."""

    name = "lyceum-waiting"
    template_name = "content/admin/people_waiting.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        school = school_of(parent_context["request"])
        return {"waiting": members_of(school, status=Membership.Status.PENDING).count()}


def put_on_home(request: HttpRequest, panels: list[Any]) -> None:
    """Tell who lets people in how many wait for it."""
    if current_school() is not None and can(request.user, CHANGE):
        panels.append(WaitingPanel())


class PeopleFilterSet(WagtailFilterSet):
    """Which people are asked for. The view asks `members_of` for them."""

    status = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("Any state"), choices=list(STATUSES.items())
    )
    role = django_filters.ChoiceFilter(label=_("Role"), empty_label=_("Any role"))

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["role"].extra["choices"] = role_choices(school_of(self.request))


class People(WagtailPaginator):
    """Calls what is listed by words that can be translated."""

    verbose_name = _("person")
    verbose_name_plural = _("people")


class PeopleView(BaseListingView):
    """Everybody who belongs to the school, did, or asks to."""

    model = Membership
    page_title = _("People")
    header_icon = "user"
    template_name = "content/admin/people.html"
    results_template_name = "content/admin/people_results.html"
    index_url_name = "lyceum_people:index"
    index_results_url_name = "lyceum_people:index_results"
    filterset_class = PeopleFilterSet
    paginator_class = People
    paginate_by = 50
    is_searchable = True
    default_ordering = ("turn", "-joined_at", "-id")
    verbose_name_plural = _("people")

    @cached_property
    def columns(self) -> list[Any]:
        may_change = can(self.request.user, CHANGE)
        chosen = [BulkActionsCheckboxColumn("bulk_actions", obj_type="membership")]
        plugins = school_of(self.request).plugins
        return [
            *(chosen if may_change else []),
            NameColumn("user", label=_("Name"), sort_key="user__first_name", may_change=may_change),
            Column("email", label=_("E-mail"), accessor="user.email", sort_key="user__email"),
            Column(
                "roles",
                label=_("Roles"),
                accessor=lambda member: named(in_force(member.roles, plugins)),
            ),
            StatusColumn("status", label=_("State")),
            DateColumn("joined_at", label=_("Joined"), sort_key="joined_at"),
            DateColumn("last_seen", label=_("Last here"), accessor=last_seen),
        ]

    def get_base_queryset(self) -> QuerySet[Membership]:
        school = school_of(self.request)
        asked = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        found = members_of(school, role=asked.get("role") or "", status=asked.get("status") or "")
        for word in self.search_query[:LONGEST_SEARCH].split():
            found = found & members_of(school, q=word)
        others = Membership.objects.filter(user=OuterRef("user")).exclude(school_id=school.id)
        return found.select_related("user__profile").annotate(turn=TURN, elsewhere=Exists(others))

    def filter_queryset(self, queryset: Any) -> Any:
        # What is asked for was found above.
        return queryset

    def search_queryset(self, queryset: Any) -> Any:
        return queryset

    def order_queryset(self, queryset: Any) -> Any:
        ordered = super().order_queryset(queryset)
        # A page after another shows nobody twice, and nobody never.
        return ordered if self.ordering == self.default_ordering else self._settled(ordered)

    def _settled(self, ordered: Any) -> Any:
        return ordered.order_by(*ordered.query.order_by, "user__last_name", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ways = [
            (inviting.INVITE, "lyceum_people:invite", _("Invite somebody")),
            (inviting.INVITE, "lyceum_people:invitations", _("Invitations")),
            (inviting.RULES, "lyceum_people:code", _("Joining code")),
        ]
        open_here = [
            (reverse(name), label) for right, name, label in ways if can(self.request.user, right)
        ]
        return {**super().get_context_data(**kwargs), "ways": open_here}


def last_seen(member: Membership) -> Any:
    """
    Return when a member was last here; None if that would tell of another school.

    An account has one such time, whichever school it was at.
    """
    seen = member.user.profile.last_seen_at
    is_told = seen is not None and seen >= member.joined_at
    return seen if is_told and not member.elsewhere else None  # type: ignore[attr-defined]


@open_to(SEE)
def index(request: HttpRequest) -> HttpResponse:
    """List the people of the school, those who wait first."""
    answer: HttpResponse = PeopleView.as_view()(request)
    return answer


@open_to(SEE)
def index_results(request: HttpRequest) -> HttpResponse:
    """List them for the page that has its filters changed."""
    answer: HttpResponse = PeopleView.as_view(results_only=True)(request)
    return answer


@open_to(CHANGE)
def change(request: HttpRequest, member: UUID) -> HttpResponse:
    """Change a member's roles, state or level."""
    school, actor = school_of(request), user_of(request)
    found = member_of(school, member)
    may_assign = can(actor, ASSIGN, school)
    form = MemberForm(
        request.POST or None, member=found, school=school, may_assign_roles=may_assign
    )
    if request.method == "POST" and form.is_valid():
        try:
            if form.has_changed():
                change_member(
                    actor=actor,
                    school=school,
                    membership_id=member,
                    changes=form.changes(),
                    may_assign_roles=may_assign,
                    at=now(),
                )
        except NotFound:
            raise
        except DomainError as error:
            show_refusal(error, form)
        else:
            told = gettext("%(person)s was changed.")
            messages.success(request, told % {"person": found.user})
            return redirect("lyceum_people:index")
    values = {
        "form": form,
        "member": found,
        "roles": named(in_force(found.roles, school.plugins)),
        "may_look_after": found.user.is_managed and can(actor, CHILDREN, school),
    }
    return show_page(
        request,
        "content/admin/change_person.html",
        values,
        title=str(found.user),
        icon="user",
        above=inviting.to_people(),
    )


urlpatterns = [
    path("", index, name="index"),
    path("results/", index_results, name="index_results"),
    *inviting.urlpatterns,
    path("<uuid:member>/", change, name="change"),
]
