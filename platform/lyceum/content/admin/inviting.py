"""Invitations to a school and its joining code, in the editor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.admin.paginator import WagtailPaginator

from lyceum.access.permissions import can
from lyceum.accounts.inviting import address_of_invitation
from lyceum.content.admin.doors import open_to
from lyceum.content.admin.people_forms import InvitationForm
from lyceum.content.admin.role_words import named
from lyceum.content.admin.school_choices import show_refusal
from lyceum.content.admin.showing import show_page
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.kernel.identity import new_code
from lyceum.schools.invitations import invite, revoke
from lyceum.schools.models import School
from lyceum.schools.queries import invitations_of
from lyceum.schools.roles import in_force
from lyceum.schools.settings import change_school

INVITE = "schools.invite"
RULES = "schools.change_settings"
ASSIGN = "schools.assign_roles"
A_PAGE = 50


class Invitations(WagtailPaginator):
    """Calls what is listed by words that can be translated."""

    verbose_name = _("invitation")
    verbose_name_plural = _("invitations")


@open_to(INVITE)
def invitations(request: HttpRequest) -> HttpResponse:
    """List the invitations that nobody has taken yet, the latest first."""
    school, at = school_of(request), now()
    found = invitations_of(school).filter(accepted_at=None).order_by("-id")
    page = Invitations(found, A_PAGE).get_page(request.GET.get("p"))
    rows = [(each, named(in_force(each.roles, school.plugins)), each.is_open(at)) for each in page]
    pages = page.paginator.get_elided_page_range(page.number)
    values = {"rows": rows, "page": page, "pages": pages}
    return _page(request, "content/admin/invitations.html", values, title=gettext("Invitations"))


@open_to(INVITE)
def invite_somebody(request: HttpRequest) -> HttpResponse:
    """Invite somebody, and show the invitation's code: this once, for it is kept nowhere."""
    school, actor = school_of(request), user_of(request)
    may_assign = can(actor, ASSIGN, school)
    form = InvitationForm(request.POST or None, school=school, may_assign_roles=may_assign)
    if request.method == "POST" and form.is_valid():
        asked = {"level": "", "cohort": None, **form.cleaned_data}
        try:
            made = invite(
                actor=actor, school=school, may_assign_roles=may_assign, at=now(), **asked
            )
        except DomainError as error:
            show_refusal(error, form)
        else:
            values = {
                "invitation": made,
                "address": address_of_invitation(school, made.code),
            }
            template, title = "content/admin/invited.html", gettext("The invitation is made")
            return _page(request, template, values, title=title, above=_to_invitations())
    values = {"form": form}
    template, title = "content/admin/invite.html", gettext("Invite somebody")
    return _page(request, template, values, title=title, above=_to_invitations())


@open_to(INVITE)
@require_POST
def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    revoke(actor=user_of(request), school=school_of(request), invitation_id=invitation)
    messages.success(request, gettext("The invitation is withdrawn."))
    return redirect("lyceum_people:invitations")


@open_to(RULES)
def code(request: HttpRequest) -> HttpResponse:
    """Show the code by which people join; make a new one, or have people join by it or not."""
    school = school_of(request)
    kept = School.objects.only("signup_policy", "join_code").get(id=school.id)
    if request.method == "POST" and request.POST.get("to") in _CHANGES:
        changes, told = _CHANGES[request.POST["to"]]
        wants_code = request.POST["to"] == "new" or not kept.join_code
        wanted = {"join_code": new_code(), **changes} if wants_code else changes
        try:
            change_school(actor=user_of(request), school=school, changes=wanted)
        except DomainError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, str(told))
        return redirect("lyceum_people:code")
    values = {
        "code": kept.join_code,
        "is_on": kept.signup_policy == School.SignUp.CODE,
        "policy": kept.get_signup_policy_display(),
        "school": kept,
    }
    return _page(request, "content/admin/joining_code.html", values, title=gettext("Joining code"))


# What a button of the page says, to what it changes.
_CHANGES: dict[str, tuple[dict[str, str], str | Promise]] = {
    "new": ({}, _("There is a new code. The old one is good for nothing.")),
    "on": ({"signup_policy": School.SignUp.CODE}, _("People join with the school's code.")),
    "off": (
        {"signup_policy": School.SignUp.INVITATION},
        _("The code is switched off. People join by invitation."),
    ),
}


def to_people() -> list[tuple[str, str]]:
    """Return the way that leads from the first page to what lies below the people."""
    return [(reverse("lyceum_people:index"), gettext("People"))]


def _to_invitations() -> list[tuple[str, str]]:
    return [(reverse("lyceum_people:invitations"), gettext("Invitations"))]


def _page(
    request: HttpRequest,
    template: str,
    values: dict[str, Any],
    *,
    title: str,
    above: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    way = [*to_people(), *(above or [])]
    return show_page(request, template, values, title=title, icon="user", above=way)


urlpatterns = [
    path("invitations/", invitations, name="invitations"),
    path("invitations/add/", invite_somebody, name="invite"),
    path("invitations/<uuid:invitation>/withdraw/", withdraw, name="withdraw"),
    path("code/", code, name="code"),
]
