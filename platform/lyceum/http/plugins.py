"""
The API's door of plugins: a plugin's addresses are there where it is in force, and only there.

The gate stands before ninja, sessions and everything else that could tell, by another refusal, that
a plugin is installed: what is off and what never was is answered alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from ninja import NinjaAPI

from lyceum.accounts.tokens.scopes import OF_PLUGINS, Scope, scopes_of_plugins
from lyceum.http.authentication import NO_TOKEN
from lyceum.http.problems import problem_of
from lyceum.http.routing import Router
from lyceum.kernel.errors import NotFound
from lyceum.kernel.plugins.host import Part, host, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.plugins.versions import RESERVED
from lyceum.schools.current import CurrentSchool, SchoolRequired

GetResponse = Callable[[HttpRequest], HttpResponse]
# A plugin's endpoints, and its screens. The platform's own first segments are reserved slugs.
ADDRESS = re.compile(r"^/(?:api/v1|_plugins)/([^/]+)")
# Among the platform's own are lists of what plugins bring to its content.
OF_CONTENT = re.compile(r"^/api/v1/content/([^/]+)")
# The document is a file of its own beside them.
PLATFORM = RESERVED | {"openapi.json"}

# By slug: the routers of loaded plugins, for `api.v1.build`.
plugin_routers: dict[str, Router] = {}
# Of loaded plugins: whose the pages are that are read below `/content/` under a name.
content_addresses: dict[str, str] = {}
# The platform's own names there, which need not be looked up.
content_names: set[str] = set()


class PluginGate:
    """Middleware, right after the school is known."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        found = ADDRESS.match(request.path)
        if found is None:
            return self.get_response(request)
        if found[1] in PLATFORM:
            return self._content(request)
        school: CurrentSchool | None = getattr(request, "school", None)
        if school is None:
            return problem_of(SchoolRequired())
        if found[1] not in school.plugins:
            return problem_of(NotFound())
        return self.get_response(request)

    def _content(self, request: HttpRequest) -> HttpResponse:
        found = OF_CONTENT.match(request.path)
        if found is None or found[1] in content_names:
            return self.get_response(request)
        owner = content_addresses.get(found[1])
        school: CurrentSchool | None = getattr(request, "school", None)
        if owner:
            is_there = school is not None and owner in school.plugins
        else:
            is_there = is_address(request.path)
        return self.get_response(request) if is_there else problem_of(NotFound())


def is_address(path: str) -> bool:
    """Return whether the site has anything at a path."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


def register_parts() -> None:
    """Take from every plugin the router of its `api.py`. Called in `AppConfig.ready()`."""
    parts.register("router", Part("api", check=_check_router, add=_add_router))


def plugin_of(module: str) -> str:
    """Return the slug of the plugin that a module belongs to; empty if it is the platform's."""
    holding = (
        plugin
        for plugin in host.plugins.values()
        if module == plugin.package or module.startswith(plugin.package + ".")
    )
    # A distribution may bring one within the package of another, and claim that they are more.
    owner = max(holding, key=lambda plugin: (len(plugin.package), plugin.is_loaded), default=None)
    return owner.slug if owner else ""


class InForce:
    """ninja's API object as its document's writer sees it: without the plugins that are off."""

    def __init__(self, api: Any, in_force: frozenset[str]) -> None:
        self._api = api
        self._in_force = in_force

    def __getattr__(self, name: str) -> Any:
        return getattr(self._api, name)

    def _get_bound_routers(self) -> Sequence[Any]:
        off = plugin_routers.keys() - self._in_force
        hidden = {
            f"content/{name}"
            for name, slug in content_addresses.items()
            if slug not in self._in_force
        }
        return [
            each
            for each in self._api._get_bound_routers()
            if each.prefix.strip("/").partition("/")[0] not in off
            and each.prefix.strip("/") not in hidden
        ]


def _check_router(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    router = getattr(module, "router", None)
    if not isinstance(router, Router):
        raise BadPart("It needs a `router`, a Router of lyceum.plugin.http.")
    own = {f"{plugin.slug}:{kind}" for kind in OF_PLUGINS}
    strange = sorted(_scopes_of(plugin, router) - own)
    if strange:
        told = " or ".join(sorted(own))
        raise BadPart(f"The scope {strange[0]!r} is none of its own: write {told}.")


def _scopes_of(plugin: Plugin, router: Router) -> set[str]:
    """Return the scopes that a router's doors ask for; they are mounted on trial."""
    # Where it cannot be mounted it would take every address of the site with it.
    trial = NinjaAPI(urls_namespace=f"trial-{plugin.slug}", docs_url=None, openapi_url=None)
    trial.add_router("", router)
    assert trial.urls
    views = [view for each in trial._get_bound_routers() for view in each.path_operations.values()]
    doors = [door for view in views for door in view.operations]
    return {scope for door in doors if (scope := getattr(door.view_func, "scope", NO_TOKEN))}


def _add_router(plugin: Plugin, module: ModuleType | None) -> None:
    if module is None:
        return
    plugin_routers[plugin.slug] = module.router
    asked = _scopes_of(plugin, module.router)
    told = {f"{plugin.slug}:{kind}": label for kind, label in OF_PLUGINS.items()}
    own = (Scope(code, told[code].format(name=plugin.name)) for code in sorted(asked))
    scopes_of_plugins.register(plugin.slug, tuple(own))
