"""Children in the admin: their school makes accounts for them, and prints their cards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.accounts.managed import care, making
from lyceum.accounts.models import User
from lyceum.content.admin import children_privacy
from lyceum.content.admin.cards import show_cards
from lyceum.content.admin.children_forms import (
    ChangeForm,
    NamesForm,
    PlaceForm,
    Rows,
    new_accounts,
    show_refusal,
)
from lyceum.content.admin.doors import open_to
from lyceum.content.admin.showing import show_page
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.schools.managed import classes_looked_after, managed_member, managed_members
from lyceum.schools.scope import current_school

app_name = "lyceum_children"
PERMISSION = "accounts.look_after"

View = Callable[..., HttpResponse]


class ChildrenMenuItem(MenuItem):
    """The way to the children, for those who look after some."""

    def is_shown(self, request: HttpRequest) -> bool:
        return current_school() is not None and can(request.user, PERMISSION)


@open_to(PERMISSION)
def children(request: HttpRequest) -> HttpResponse:
    """List the managed accounts that one looks after, those of one class if it is asked for."""
    school, teacher = school_of(request), only_taught_by(request)
    classes = classes_looked_after(school, taught_by=teacher)
    chosen = next((each for each in classes if str(each.uuid) == request.GET.get("class")), None)
    found = managed_members(school, taught_by=teacher, cohort=chosen.uuid if chosen else None)
    shown = found.order_by("user__first_name", "user__last_name", "id")
    return _page(
        request,
        "content/admin/children.html",
        {
            "children": shown,
            "classes": classes,
            "chosen": chosen,
            "most": making.MOST_AT_ONCE,
            "may_add": teacher is None or classes,
        },
    )


@open_to(PERMISSION)
def add(request: HttpRequest) -> HttpResponse:
    """Ask for names, and show the user names proposed for them. Nothing is made yet."""
    school, teacher = school_of(request), only_taught_by(request)
    form = NamesForm(request.POST or None, school=school, taught_by=teacher)
    if not form.is_valid():
        return _page(
            request,
            "content/admin/add_children.html",
            {"form": form},
            title=gettext("Add children"),
        )
    names = form.cleaned_data["names"]
    proposed = making.propose_user_names(school=school, names=names)
    rows = Rows(
        initial=[
            {"first_name": name.first, "last_name": name.last, "username": username}
            for name, username in zip(names, proposed, strict=True)
        ],
        prefix="rows",
    )
    place = PlaceForm(initial=form.cleaned_data, school=school, taught_by=teacher)
    return _page(
        request,
        "content/admin/check_children.html",
        {"rows": rows, "place": place},
        title=gettext("Check the names"),
    )


@open_to(PERMISSION)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make the accounts that were looked over, and show their cards."""
    school, teacher = school_of(request), only_taught_by(request)
    rows = Rows(request.POST, prefix="rows")
    place = PlaceForm(request.POST, school=school, taught_by=teacher)
    if rows.is_valid() and place.is_valid():
        try:
            given = making.make_accounts(
                actor=user_of(request),
                school=school,
                wanted=new_accounts(rows),
                cohort=place.cleaned_data["cohort"],
                level=place.cleaned_data["level"],
                taught_by=teacher,
                at=now(),
            )
        except DomainError as error:
            show_refusal(error, rows=rows, place=place)
        else:
            return show_cards(request, school=school, given=given)
    return _page(
        request,
        "content/admin/check_children.html",
        {"rows": rows, "place": place},
        title=gettext("Check the names"),
    )


@open_to(PERMISSION)
@require_POST
def cards(request: HttpRequest) -> HttpResponse:
    """Give new passwords to the chosen children, and show their cards."""
    school = school_of(request)
    try:
        chosen = [UUID(each) for each in request.POST.getlist("child")]
    except ValueError as error:
        raise Http404 from error
    if not 1 <= len(chosen) <= making.MOST_AT_ONCE:
        return redirect("lyceum_children:index")
    given = care.give_new_passwords(
        actor=user_of(request),
        school=school,
        accounts=chosen,
        taught_by=only_taught_by(request),
    )
    return show_cards(request, school=school, given=given)


@open_to(PERMISSION)
def change(request: HttpRequest, account: UUID) -> HttpResponse:
    """Rename a child, or take the account out of use or back into it."""
    school, teacher = school_of(request), only_taught_by(request)
    member = managed_member(school, account, taught_by=teacher)
    form = ChangeForm(request.POST or None, initial=ChangeForm.values_of(member))
    if request.method == "POST" and form.is_valid():
        try:
            care.change_account(
                actor=user_of(request),
                school=school,
                account=account,
                changes={name: form.cleaned_data[name] for name in form.changed_data},
                taught_by=teacher,
                at=now(),
            )
        except DomainError as error:
            show_refusal(error, form=form)
        else:
            return redirect("lyceum_children:index")
    may_erase = can(request.user, children_privacy.PERMISSION)
    values = {"form": form, "member": member, "may_erase": may_erase}
    return _page(request, "content/admin/change_child.html", values, title=str(member.user))


def only_taught_by(request: HttpRequest) -> User | None:
    """Return the teacher to whose classes the caller is held; None for who has the whole school."""
    person, school = user_of(request), school_of(request)
    return None if can(person, "accounts.look_after_all", school) else person


def _page(
    request: HttpRequest, template: str, values: dict[str, Any], *, title: str = ""
) -> HttpResponse:
    children, called = reverse("lyceum_children:index"), gettext("Children")
    above = [(children, called)] if title else []
    return show_page(request, template, values, title=title or called, icon="group", above=above)


urlpatterns = [
    path("", children, name="index"),
    path("add/", add, name="add"),
    path("make/", make, name="make"),
    path("cards/", cards, name="cards"),
    path("<uuid:account>/", change, name="change"),
    *children_privacy.urlpatterns,
]
