"""
The admin's door of plugins: what a plugin's `cms.py` declares, where it is in force.

The addresses of a plugin that is off are not found by the resolver at all, so that they are
answered as what never was, slashes, methods and redirects included.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, include, path, reverse_lazy
from django.urls.resolvers import RoutePattern
from django.utils.html import conditional_escape
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from lyceum.access.permissions import can
from lyceum.access.registry import permissions
from lyceum.content.admin.addresses import rights_of_addresses, staff_addresses
from lyceum.content.admin.school_rows import check_rows, is_of_rows
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.scope import current_school

View = Callable[..., HttpResponse]
Panel = Callable[[HttpRequest], str]


@dataclass(frozen=True)
class Page:
    """One address of a plugin in the admin."""

    route: str
    name: str
    view: View
    permission: str


@dataclass(frozen=True)
class Entry:
    """One way to a page, in the admin's menu."""

    label: str
    to: str
    permission: str
    icon: str
    order: int


@dataclass(frozen=True)
class HomePanel:
    """One panel on the admin's first page."""

    draw: Panel
    permission: str
    order: int


class Admin:
    """
    What a plugin brings to the admin. Its `cms.py` holds one, called `admin`:

        admin = Admin()

        @admin.page("", name="index", permission="moments.moderate")
        def index(request): ...

        admin.menu_item("Moments", to="index", permission="moments.moderate", icon="image")

    Pages lie at `/admin/plugins/<slug>/<route>`, and are called `plugin_<slug>:<name>`. Whoever
    lacks a permission meets no page, entry or panel that asks for it, as where the plugin is off.
    """

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self.entries: list[Entry] = []
        self.panels: list[HomePanel] = []
        self.viewsets: list[tuple[ViewSet, str]] = []

    def page(self, route: str, *, name: str, permission: str) -> Callable[[View], View]:
        """Mount a view at a route, as Django's `path` writes it."""

        def mount(view: View) -> View:
            self.pages.append(Page(route, name, view, permission))
            return view

        return mount

    def panel(self, *, permission: str, order: int = 500) -> Callable[[Panel], Panel]:
        """Show on the admin's first page what a function draws: HTML, or text, which is escaped."""

        def show(draw: Panel) -> Panel:
            self.panels.append(HomePanel(draw, permission, order))
            return draw

        return show

    def menu_item(
        self, label: str, *, to: str, permission: str, icon: str = "cog", order: int = 700
    ) -> None:
        """Lead from the menu to the page, or the `viewset:page`, that is called `to`."""
        self.entries.append(Entry(label, to, permission, icon, order))

    def viewset(self, viewset: ViewSet, *, permission: str) -> None:
        """
        Mount a viewset at its name: pages of rows, a chooser among them, or what pages there are.

        Of rows it is a `SchoolViewSet` or a `SchoolChooserViewSet`; others are refused.
        """
        viewset.permission = permission
        self.viewsets.append((viewset, permission))


# Of loaded plugins, by slug.
plugin_admins: dict[str, Admin] = {}


def register_parts() -> None:
    """Take from every plugin the `admin` of its `cms.py`. Called in `AppConfig.ready()`."""
    parts.register("admin", Part("cms", check=_check, add=_add))


def addresses_of_plugins() -> list[URLResolver]:
    """Return what the admin mounts, for each plugin one."""
    return [_ResolverInForce(slug, _patterns(slug, each)) for slug, each in plugin_admins.items()]


def menu_of_plugins() -> list[MenuItem]:
    """Return the entries of all plugins; each knows for whom it is shown."""
    return [
        _PluginMenuItem(slug, entry)
        for slug, admin in plugin_admins.items()
        for entry in admin.entries
    ]


def panels_of_plugins(request: HttpRequest) -> list[PluginPanel]:
    """Return the panels of the plugins in force that the person asking may see."""
    return [
        PluginPanel(request, slug, panel)
        for slug, admin in plugin_admins.items()
        for panel in admin.panels
        if _is_in_force(slug) and can(request.user, panel.permission)
    ]


def namespace_of(slug: str) -> str:
    return f"plugin_{slug}"


class _ResolverInForce(URLResolver):
    """A plugin's addresses, which nothing resolves to where it is off."""

    def __init__(self, slug: str, patterns: list[Any]) -> None:
        space = namespace_of(slug)
        super().__init__(
            RoutePattern(f"plugins/{slug}/", is_endpoint=False),
            patterns,
            app_name=space,
            namespace=space,
        )
        self._slug = slug

    def resolve(self, path: str) -> Any:
        if not _is_in_force(self._slug):
            raise Resolver404({"path": path})
        return super().resolve(path)


class _PluginMenuItem(MenuItem):
    def __init__(self, slug: str, entry: Entry) -> None:
        address = reverse_lazy(f"{namespace_of(slug)}:{entry.to}")
        name = f"{slug}-{entry.to.replace(':', '-')}"
        super().__init__(entry.label, address, name=name, icon_name=entry.icon, order=entry.order)
        self._slug, self._permission = slug, entry.permission

    def is_shown(self, request: HttpRequest) -> bool:
        return _is_in_force(self._slug) and can(request.user, self._permission)


class PluginPanel(Component):
    """A panel that costs nobody the page: what breaks or overruns in it leaves it empty."""

    def __init__(self, request: HttpRequest, slug: str, panel: HomePanel) -> None:
        self._request, self.slug, self._panel = request, slug, panel
        self.order = panel.order

    def render_html(self, parent_context: Any = None) -> str:
        school = current_school()
        assert school is not None
        drawn = hooks.guarded(
            self.slug, "admin panel", self._panel.draw, {"request": self._request}, school=school
        )
        return conditional_escape(drawn) if isinstance(drawn, str) else ""


def _is_in_force(slug: str) -> bool:
    here = current_school()
    return here is not None and slug in here.plugins


def _patterns(slug: str, admin: Admin) -> list[Any]:
    mounted: list[Any] = [path(each.route, each.view, name=each.name) for each in admin.pages]
    for viewset, _ in admin.viewsets:
        # What it calls its own addresses by, forms and redirects included.
        viewset.url_namespace = f"{namespace_of(slug)}:{viewset.name}"
        mounted.append(path(f"{viewset.name}/", include((viewset.get_urlpatterns(), viewset.name))))
    return mounted


def addresses_in(slug: str, admin: Admin) -> Iterator[tuple[str, str, dict[str, type[Model]]]]:
    """Yield every address by its name, with its permission and what its arguments are ids of."""
    space = namespace_of(slug)
    for page in admin.pages:
        yield f"{space}:{page.name}", page.permission, {}
    for viewset, permission in admin.viewsets:
        things = dict.fromkeys(("pk", "id"), viewset.model) if is_of_rows(viewset) else {}
        for pattern in viewset.get_urlpatterns():
            yield f"{space}:{viewset.name}:{pattern.name}", permission, things


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    admin = getattr(module, "admin", None)
    if not isinstance(admin, Admin):
        raise BadPart("It needs an `admin`, an Admin of lyceum.plugin.cms.")
    for viewset, _ in admin.viewsets:
        check_rows(viewset, plugin)
    # Where they cannot be mounted they would take the admin with them.
    _patterns(plugin.slug, admin)
    names = [name for name, *_ in addresses_in(plugin.slug, admin)]
    if len(names) != len(set(names)):
        raise BadPart("Two pages have the same name.")
    _check_entries(plugin, admin, names)
    _check_permissions(plugin, admin)


def _check_entries(plugin: Plugin, admin: Admin, names: list[str]) -> None:
    for entry in admin.entries:
        if f"{namespace_of(plugin.slug)}:{entry.to}" not in names:
            raise BadPart(f"The menu item {entry.label!r} leads to {entry.to!r}, which is no page.")


def _check_permissions(plugin: Plugin, admin: Admin) -> None:
    own = {f"{plugin.slug}.{each.code}" for each in plugin.told.permissions}
    asked = {page.permission for page in admin.pages}
    asked |= {entry.permission for entry in admin.entries}
    asked |= {panel.permission for panel in admin.panels}
    asked |= {permission for _, permission in admin.viewsets}
    strange = sorted(code for code in asked - own if code not in permissions)
    if strange:
        raise BadPart(f"There is no permission {strange[0]!r}.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    plugin_admins[plugin.slug] = module.admin
    for viewset, _ in module.admin.viewsets:
        if is_of_rows(viewset):
            viewset.settle()
    for name, permission, things in addresses_in(plugin.slug, module.admin):
        staff_addresses.register(name, things)
        rights_of_addresses.register(name, permission)
