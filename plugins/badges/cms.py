"""Badges in the admin: what there are, made, changed and deleted by the school's managers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from lyceum.plugin.clock import now
from lyceum.plugin.cms import Admin, show_page
from lyceum.plugin.content import categories_of
from lyceum.plugin.errors import DomainError, NotFound
from lyceum.plugin.http import school_of, user_of
from plugins.badges.forms import RuleForm, counted, show_refusal
from plugins.badges.models import Rule
from plugins.badges.rulebook import (
    change_rule,
    find_rule,
    in_language,
    live_rules,
    make_rule,
    retire_rule,
    stock,
)

MANAGE = "badges.manage_rules"
ICON = "success"

admin = Admin()
admin.menu_item(_("Badges"), to="index", permission=MANAGE, icon=ICON)


@admin.page("", name="index", permission=MANAGE)
def index(request: HttpRequest) -> HttpResponse:
    """List the badges that there are."""
    school = school_of(request)
    stock(school, at=now())
    shown = [
        (rule, in_language(rule.name, school.language), counted(rule))
        for rule in live_rules(school).order_by("created_at", "uuid")
    ]
    return show_page(
        request, "badges/rules.html", {"rules": shown}, title=gettext("Badges"), icon=ICON
    )


@admin.page("new/", name="new", permission=MANAGE)
def new(request: HttpRequest) -> HttpResponse:
    """Make a badge."""

    def save(values: Mapping[str, Any]) -> None:
        school, actor = school_of(request), user_of(request).uuid
        make_rule(actor=actor, school=school, values=values, at=now())

    return _edited(request, None, save)


@admin.page("<uuid:badge>/", name="rule", permission=MANAGE)
def rule(request: HttpRequest, badge: UUID) -> HttpResponse:
    """Change a badge."""
    found = _find(request, badge)

    def save(values: Mapping[str, Any]) -> None:
        school, actor = school_of(request), user_of(request).uuid
        change_rule(actor=actor, school=school, rule_id=badge, changes=values)

    return _edited(request, found, save)


@admin.page("<uuid:badge>/delete/", name="delete", permission=MANAGE)
@require_POST
def delete(request: HttpRequest, badge: UUID) -> HttpResponse:
    """Delete a badge; who has it keeps it."""
    found = _find(request, badge)
    retire_rule(
        actor=user_of(request).uuid, school=school_of(request), rule_id=found.uuid, at=now()
    )
    messages.success(request, gettext("The badge is deleted. Who has it keeps it."))
    return redirect(reverse("plugin_badges:index"))


def _edited(request: HttpRequest, found: Rule | None, save: Any) -> HttpResponse:
    school = school_of(request)
    form = RuleForm(
        request.POST if request.method == "POST" else None,
        rule=found,
        languages=school.languages,
        categories=categories_of(school),
    )
    if request.method == "POST" and form.is_valid():
        try:
            save(form.values())
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            show_refusal(error, form)
        else:
            messages.success(
                request, gettext("The badge is saved. Who has earned it will have it soon.")
            )
            return redirect(reverse("plugin_badges:index"))
    return show_page(
        request,
        "badges/rule.html",
        {"form": form, "rule": found},
        title=gettext("Change a badge") if found else gettext("Make a badge"),
        icon=ICON,
        above=[(reverse("plugin_badges:index"), gettext("Badges"))],
    )


def _find(request: HttpRequest, badge: UUID) -> Rule:
    try:
        return find_rule(school_of(request), badge)
    except NotFound as error:
        raise Http404 from error
