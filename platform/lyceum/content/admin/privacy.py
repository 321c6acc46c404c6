"""What is held on a school, in the editor: taken out as an archive, and deleted for good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.accounts.privacy import closing, exports
from lyceum.content.admin.confirming import WordForm
from lyceum.content.admin.doors import is_proved, open_to
from lyceum.content.admin.showing import show_page
from lyceum.http.ranges import send_file
from lyceum.http.requests import school_of, user_of
from lyceum.http.throttling import EXPORTS
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError, NotFound
from lyceum.schools.confinement import confined_to
from lyceum.schools.scope import current_school

app_name = "lyceum_privacy"
INDEX = "lyceum_privacy:index"
EXPORT = "schools.export"
DELETE = "schools.delete"
SLUG = gettext_lazy("The school's short name")


class PrivacyMenuItem(MenuItem):
    """The way to what the school holds, for those who may take it out."""

    def is_shown(self, request: HttpRequest) -> bool:
        return current_school() is not None and can(request.user, EXPORT)


@open_to(EXPORT)
def index(request: HttpRequest) -> HttpResponse:
    """Show the archives that one asked for, and how the school is deleted."""
    return _page(request, WordForm(word=school_of(request).slug, label=SLUG))


@open_to(EXPORT, anew=INDEX)
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Have an archive made of all that the school has."""
    user, school = user_of(request), school_of(request)
    tell_of_asking(request, lambda: exports.ask_for_export(actor=user, school=school, at=now()))
    return redirect(INDEX)


@open_to(EXPORT, anew=INDEX)
def archive(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Send the last archive that is ready."""
    user, school = user_of(request), school_of(request)
    ready = ready_among(exports.exports_of(asked_by=user, school=school, at=now()))
    return send_file(
        request,
        exports.archive_of(
            asked_by=user, export_id=ready.id, school=school, of_person=False, at=now()
        ),
    )


@open_to(DELETE, anew=INDEX)
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the school with all that it has, when its slug is written."""
    school = school_of(request)
    form = WordForm(request.POST or None, word=school.slug, label=SLUG)
    if request.method != "POST":
        return redirect(INDEX)
    if not form.is_valid():
        return _page(request, form)
    # People of it may have something elsewhere too.
    with confined_to(None):
        word = form.cleaned_data["word"]
        closing.delete_school(school=school, actor=user_of(request), confirm=word, at=now())
    return render(request, "content/admin/school_deleted.html", {"name": school.name})


def tell_of_asking(request: HttpRequest, ask: Any) -> None:
    """Ask for an archive within the limits of the API, and say what becomes of it."""
    try:
        EXPORTS.count(request, at=now())
        ask()
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("It is being made. A mail tells when it is ready."))


def ready_among(found: Sequence[exports.ExportView]) -> exports.ExportView:
    """
    Return the last archive that is ready.

    :raises NotFound: if none is
    """
    for each in found:
        if each.status == "ready":
            return each
    raise NotFound


def _page(request: HttpRequest, form: forms.Form) -> HttpResponse:
    school = school_of(request)
    archives = exports.exports_of(asked_by=user_of(request), school=school, at=now())
    values = {
        "school": school,
        "exports": archives,
        "is_ready": any(each.status == "ready" for each in archives),
        "is_proved": is_proved(request),
        "may_delete": can(request.user, DELETE),
        "form": form,
        "here": reverse(INDEX),
    }
    template, title = "content/admin/privacy.html", gettext("Privacy")
    return show_page(request, template, values, title=title, icon="lock")


urlpatterns = [
    path("", index, name="index"),
    path("export/", export, name="export"),
    path("file/", archive, name="archive"),
    path("delete/", delete, name="delete"),
]
