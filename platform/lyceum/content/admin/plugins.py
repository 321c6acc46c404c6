"""
Plugins in the admin: what each does, its switch and its settings, and deleting what it keeps.

These pages read manifests, never a plugin's code, so that they work when all plugins are broken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from lyceum.access.permissions import can
from lyceum.content.admin.confirming import WordForm
from lyceum.content.admin.doors import is_proved, open_to
from lyceum.content.admin.plugin_forms import SettingsForm, faults_of
from lyceum.content.admin.showing import show_page
from lyceum.http.files import send_archive
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError, NotFound
from lyceum.kernel.plugins.waiting import waiting_for_restart
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins import overview, purging, switching
from lyceum.schools.plugins import settings as plugin_settings
from lyceum.schools.plugins.inventory import inventory, plugins_without_code
from lyceum.schools.plugins.taking_out import take_out
from lyceum.schools.scope import current_school

app_name = "lyceum_plugins"
SWITCH = "schools.switch_plugins"
PURGE = "schools.purge_plugins"
DATA = "lyceum_plugins:data"
ICON = "cogs"

View = Callable[..., HttpResponse]


class PluginsMenuItem(MenuItem):
    """The way to the plugins, for those who switch them and for the operator."""

    def is_shown(self, request: HttpRequest) -> bool:
        here = current_school()
        return can(request.user, SWITCH) if here else user_of(request).is_superuser


def index(request: HttpRequest) -> HttpResponse:
    """Show the school's plugins; to the operator, the instance's, and what awaits a restart."""
    school, is_operator = current_school(), user_of(request).is_superuser
    if school is None and not is_operator:
        raise Http404
    if school is not None and not can(request.user, SWITCH):
        raise PermissionDenied
    values: dict[str, Any] = {"may_purge": school is not None and can(request.user, PURGE)}
    if school is not None:
        values |= {"school": school, "plugins": overview.plugins_of(school)}
    if values["may_purge"]:
        values["without_code"] = plugins_without_code()
    if is_operator:
        values |= {"entries": inventory(), "waiting": waiting_for_restart()}
    return show_page(
        request, "content/admin/plugins.html", values, title=gettext("Plugins"), icon=ICON
    )


@open_to(SWITCH)
@require_POST
def switch(request: HttpRequest, plugin: str) -> HttpResponse:
    """Switch a plugin on or off, as the button says; on again, if it was suspended."""
    school, is_off = school_of(request), request.POST.get("to") == "off"
    act = switching.disable_plugin if is_off else switching.enable_plugin
    told = gettext("%(plugin)s is off.") if is_off else gettext("%(plugin)s is on.")
    try:
        act(actor=user_of(request), school=school, slug=plugin, at=now())
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, " ".join(faults_of(error)))
    else:
        messages.success(request, told % {"plugin": _name_of(school, plugin)})
    return redirect("lyceum_plugins:index")


@open_to(SWITCH)
def settings(request: HttpRequest, plugin: str) -> HttpResponse:
    """Show a plugin's settings in a form, and save them. Secrets are not shown."""
    school = school_of(request)
    try:
        view = plugin_settings.settings_view(school, plugin)
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, " ".join(faults_of(error)))
        return redirect("lyceum_plugins:index")
    form = SettingsForm(request.POST or None, view=view)
    if request.method == "POST" and form.is_valid() and _saved(request, school, plugin, form):
        messages.success(request, gettext("The settings are saved."))
        return redirect("lyceum_plugins:index")
    title = gettext("Settings of %(plugin)s") % {"plugin": _name_of(school, plugin)}
    values = {"form": form, "problems": view.problems}
    return _page_below(request, "content/admin/plugin_settings.html", values, title=title)


@open_to(PURGE, anew=DATA)
def data(request: HttpRequest, plugin: str) -> HttpResponse:
    """Show what a plugin keeps of the school, and delete it when its short name is written."""
    school = school_of(request)
    kept = purging.kept_of(school, plugin)
    form = WordForm(request.POST or None, word=plugin, label=gettext("Its short name"))
    if request.method == "POST" and form.is_valid():
        try:
            purging.purge_plugin(actor=user_of(request), school=school, slug=plugin, at=now())
        except DomainError as error:
            form.add_error(None, " ".join(faults_of(error)))
        else:
            told = gettext("All that %(plugin)s kept of the school is deleted.")
            messages.success(request, told % {"plugin": _name_of(school, plugin)})
            return redirect("lyceum_plugins:index")
    values = {
        "form": form,
        "kept": kept,
        "name": _name_of(school, plugin),
        "is_on": purging.is_on(school, plugin),
        "is_proved": is_proved(request),
        "here": reverse(DATA, args=[plugin]),
    }
    title = gettext("Data of %(plugin)s") % {"plugin": values["name"]}
    return _page_below(request, "content/admin/plugin_data.html", values, title=title)


@open_to(PURGE, anew=DATA)
def archive(request: HttpRequest, plugin: str) -> FileResponse:
    """Hand out all that a plugin keeps of the school, as a ZIP."""
    made = take_out(actor=user_of(request), school=school_of(request), slug=plugin, at=now())
    return send_archive(made, name=plugin)


def _saved(request: HttpRequest, school: CurrentSchool, plugin: str, form: SettingsForm) -> bool:
    try:
        plugin_settings.save_settings(
            actor=user_of(request),
            school=school,
            slug=plugin,
            values=form.values(),
            secrets=form.secrets(),
            at=now(),
        )
    except NotFound:
        raise
    except DomainError as error:
        form.show_refusal(error)
        return False
    return True


def _name_of(school: CurrentSchool, slug: str) -> str:
    names = {view.slug: view.name for view in overview.plugins_of(school)}
    return gettext(names.get(slug, slug))


def _page_below(
    request: HttpRequest, template: str, values: dict[str, Any], *, title: str
) -> HttpResponse:
    above = [(reverse("lyceum_plugins:index"), gettext("Plugins"))]
    return show_page(request, template, values, title=title, icon=ICON, above=above)


# Not below a plugin's own pages, whose place in the menu would be taken for theirs: no slug is so
# short.
urlpatterns = [
    path("", index, name="index"),
    path("of/<slug:plugin>/switch/", switch, name="switch"),
    path("of/<slug:plugin>/settings/", settings, name="settings"),
    path("of/<slug:plugin>/data/", data, name="data"),
    path("of/<slug:plugin>/data/file/", archive, name="archive"),
]
