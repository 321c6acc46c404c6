"""What is held on a child, in the editor: taken out for the guardians, and erased for good."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST

from lyceum.accounts.privacy import erasing, exports
from lyceum.content.admin.confirming import WordForm
from lyceum.content.admin.doors import is_proved, open_to
from lyceum.content.admin.privacy import ready_among, tell_of_asking
from lyceum.content.admin.showing import show_page
from lyceum.http.ranges import send_file
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.schools.confinement import confined_to
from lyceum.schools.managed import managed_member

PAGE = "lyceum_children:privacy"
PERMISSION = "accounts.look_after_all"
USER_NAME = gettext_lazy("The child's user name")


@open_to(PERMISSION)
def held(request: HttpRequest, account: UUID) -> HttpResponse:
    """Show the archives that one asked for of a child, and how the account is erased."""
    name = managed_member(school_of(request), account).user.username
    return _page(request, account, WordForm(word=name, label=USER_NAME))


@open_to(PERMISSION, anew=PAGE)
@require_POST
def export(request: HttpRequest, account: UUID) -> HttpResponse:
    """Have an archive made of all that is held on a child."""
    user, school = user_of(request), school_of(request)
    tell_of_asking(
        request,
        lambda: exports.ask_for_export_of_managed(
            actor=user, school=school, account=account, at=now()
        ),
    )
    return redirect(PAGE, account=account)


@open_to(PERMISSION, anew=PAGE)
def archive(request: HttpRequest, account: UUID) -> HttpResponse | StreamingHttpResponse:
    """Send the last archive of a child that is ready."""
    ready = ready_among(_archives_of(request, account))
    return send_file(
        request,
        exports.archive_of(
            asked_by=user_of(request),
            export_id=ready.id,
            school=school_of(request),
            of_person=True,
            at=now(),
        ),
    )


@open_to(PERMISSION, anew=PAGE)
def erase(request: HttpRequest, account: UUID) -> HttpResponse:
    """Erase a child's account, when its user name is written."""
    school = school_of(request)
    name = managed_member(school, account).user.username
    form = WordForm(request.POST or None, word=name, label=USER_NAME)
    if request.method != "POST":
        return redirect(PAGE, account=account)
    if not form.is_valid():
        return _page(request, account, form)
    try:
        with confined_to(None):
            erasing.erase_managed(actor=user_of(request), school=school, account=account, at=now())
    except DomainError as error:
        form.add_error(None, error.message)
        return _page(request, account, form)
    messages.success(request, gettext("The account is erased."))
    return redirect("lyceum_children:index")


def _archives_of(request: HttpRequest, account: UUID) -> list[exports.ExportView]:
    school = school_of(request)
    child = managed_member(school, account).user
    return exports.exports_of(asked_by=user_of(request), school=school, person=child, at=now())


def _page(request: HttpRequest, account: UUID, form: forms.Form) -> HttpResponse:
    member = managed_member(school_of(request), account)
    here, archives = reverse(PAGE, args=[account]), _archives_of(request, account)
    values = {
        "member": member,
        "exports": archives,
        "is_ready": any(each.status == "ready" for each in archives),
        "is_proved": is_proved(request),
        "form": form,
        "here": here,
    }
    name = str(member.user)
    above = [
        (reverse("lyceum_children:index"), gettext("Children")),
        (reverse("lyceum_children:change", args=[account]), name),
    ]
    return show_page(
        request,
        "content/admin/child_privacy.html",
        values,
        title=gettext("Privacy"),
        icon="group",
        above=above,
    )


urlpatterns = [
    path("<uuid:account>/privacy/", held, name="privacy"),
    path("<uuid:account>/privacy/export/", export, name="export"),
    path("<uuid:account>/privacy/file/", archive, name="archive"),
    path("<uuid:account>/privacy/erase/", erase, name="erase"),
]
