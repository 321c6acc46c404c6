"""Where the Wagtail admin asks us: what it lists, chooses from and offers in its menus."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.viewsets.base import ViewSet
from wagtail.documents.views.bulk_actions import AddTagsBulkAction as AddTagsToDocuments
from wagtail.images.views.bulk_actions import AddTagsBulkAction as AddTagsToImages

from lyceum.access.permissions import can
from lyceum.content.admin import (
    admitting,
    audit,
    children,
    confirming,
    desk,
    files,
    people,
    plugin_pages,
    plugins,
    privacy,
    publication,
    viewing,
)
from lyceum.content.admin.languages import style_of_languages
from lyceum.content.admin.levelling import LevelAndTags
from lyceum.content.admin.listings import SchoolPageViewSet
from lyceum.content.admin.passwords import PasswordPanel
from lyceum.content.admin.reports import SchoolReportItem
from lyceum.content.admin.schools import SchoolViewSet
from lyceum.http.viewing import PERMISSION
from lyceum.schools.scope import current_school

# Wagtail's tags of files are one list for the whole instance, and its pages offer all of them.
for tagging in (AddTagsToDocuments, AddTagsToImages):
    tagging.models = []


@hooks.register("register_admin_viewset")
def schools() -> ViewSet:
    return SchoolViewSet()


# After Wagtail's own, which is for the same model: the later one holds.
@hooks.register("register_admin_viewset", order=100)
def page_views() -> SchoolPageViewSet:
    return SchoolPageViewSet()


hooks.register("register_bulk_action", LevelAndTags)
hooks.register("register_bulk_action", admitting.LettingIn)
hooks.register("register_bulk_action", admitting.Refusing)


@hooks.register("register_account_settings_panel")
def password_panel(request: HttpRequest, user: Any, profile: Any) -> PasswordPanel:
    return PasswordPanel(request, user, profile)


@hooks.register("insert_global_admin_css")
def text_in_its_own_direction() -> SafeString:
    return format_html(
        '<link rel="stylesheet" href="{}">', versioned_static("lyceum_content/admin.css")
    )


@hooks.register("insert_global_admin_js")
def beginnings() -> SafeString:
    return format_html_join(
        "\n",
        '<script src="{}"></script>',
        [
            [versioned_static(f"lyceum_content/{name}.js")]
            for name in ("begin", "remarks", "uploads")
        ],
    )


@hooks.register("register_admin_urls")
def file_addresses() -> list[Any]:
    return [
        path("files/", include(files, namespace="lyceum_files")),
        path("children/", include(children, namespace="lyceum_children")),
        path("people/", include(people, namespace="lyceum_people")),
        path("plugins/", include(plugins, namespace="lyceum_plugins")),
        path("audit/", include(audit, namespace="lyceum_audit")),
        path("desk/", include(desk, namespace="lyceum_desk")),
        path("privacy/", include(privacy, namespace="lyceum_privacy")),
        path("sign-in-again/", include(confirming, namespace="lyceum_confirming")),
    ]


@hooks.register("register_admin_menu_item")
def people_of_the_school() -> people.PeopleMenuItem:
    return people.PeopleMenuItem(
        _("People"), reverse_lazy("lyceum_people:index"), icon_name="user", order=685
    )


@hooks.register("register_admin_menu_item")
def children_of_the_school() -> children.ChildrenMenuItem:
    return children.ChildrenMenuItem(
        _("Children"), reverse_lazy("lyceum_children:index"), icon_name="group", order=690
    )


@hooks.register("register_admin_menu_item")
def plugins_of_the_school() -> plugins.PluginsMenuItem:
    return plugins.PluginsMenuItem(
        _("Plugins"), reverse_lazy("lyceum_plugins:index"), icon_name="cogs", order=695
    )


@hooks.register("register_admin_menu_item")
def privacy_of_the_school() -> privacy.PrivacyMenuItem:
    return privacy.PrivacyMenuItem(
        _("Privacy"), reverse_lazy("lyceum_privacy:index"), icon_name="lock", order=697
    )


@hooks.register("register_admin_urls")
def viewing_addresses() -> list[Any]:
    return [path("view-as/", include(viewing, namespace="lyceum_viewing"))]


class ViewAsItem(MenuItem):
    """“View the catalogue as…”, for who may."""

    def is_shown(self, request: HttpRequest) -> bool:
        here = current_school()
        return here is not None and can(request.user, PERMISSION, here)


@hooks.register("register_admin_menu_item")
def view_as() -> MenuItem:
    return ViewAsItem(
        _("View as…"), reverse("lyceum_viewing:catalogue"), icon_name="view", order=150
    )


# After ours: a plugin's own pages lie beside its switch and its settings.
@hooks.register("register_admin_urls", order=100)
def pages_of_plugins() -> list[Any]:
    return plugin_pages.addresses_of_plugins()


@hooks.register("construct_main_menu")
def entries_of_plugins(request: HttpRequest, items: list[Any]) -> None:
    items.extend(item for item in plugin_pages.menu_of_plugins() if item.is_shown(request))


@hooks.register("construct_homepage_panels", order=-1)
def desk_of_the_school(request: HttpRequest, panels: list[Any]) -> None:
    """Put who and what waits for somebody first, in the place of Wagtail's panels of reviews."""
    desk.put_on_home(request, panels)
    people.put_on_home(request, panels)


@hooks.register("construct_homepage_panels")
def panels_of_plugins(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend(plugin_pages.panels_of_plugins(request))


@hooks.register("before_publish_page")
def check_before_publication(request: HttpRequest, page: Any) -> HttpResponse | None:
    return publication.check_before_publication(request, page)


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: QuerySet[Any], request: HttpRequest) -> QuerySet[Any]:
    """Offer the school's own pages, those above all schools included for nobody."""
    here = current_school()
    return pages.filter(path__startswith=here.root_path) if here else pages


@hooks.register("insert_global_admin_css")
def show_own_languages() -> str:
    return style_of_languages(current_school())


@hooks.register("register_reports_menu_item")
def audit_of_the_school() -> audit.AuditMenuItem:
    return audit.AuditMenuItem(
        _("Audit"), reverse_lazy("lyceum_audit:index"), icon_name="history", order=100
    )


@hooks.register("register_reports_menu_item")
def pages_to_finish() -> SchoolReportItem:
    return desk.DeskMenuItem(
        _("Pages to finish"), reverse_lazy("lyceum_desk:index"), icon_name="tasks", order=50
    )


@hooks.register("construct_reports_menu")
def reports_for_operators(request: HttpRequest, items: list[Any]) -> None:
    """Leave to a school's staff the school's own reports; Wagtail's show every school's."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if isinstance(item, SchoolReportItem)]
