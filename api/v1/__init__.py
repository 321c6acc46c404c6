"""Version 1 of the platform's API: a resource a module, put together by `build()`."""

from __future__ import annotations

from importlib import import_module

from ninja.openapi.docs import Swagger

from api.v1.documentation import at_home
from lyceum.http.allauth_document import merge_allauth
from lyceum.http.api import LyceumAPI
from lyceum.http.plugins import plugin_routers

RESOURCES = (
    "content",
    "preview",
    "media",
    "school",
    "members",
    "managed_accounts",
    "me",
    "tokens",
    "privacy",
    "learning",
    "progress",
    "plugins",
    "community",
    "moderation",
    "audit",
    "operations",
    "problems",
    "documentation",
)


def build() -> LyceumAPI:
    """Return a new API object. A factory, since ninja freezes routers when `urls` is read."""
    api = LyceumAPI(
        title="Lyceum",
        version="1",
        description="Everything that a school's web and mobile front ends need.",
        urls_namespace="api-v1",
        docs=Swagger(),
        docs_url="/docs",
        docs_decorator=at_home,
    )
    api.document_parts = (merge_allauth,)
    for resource in RESOURCES:
        api.add_router("", import_module(f"api.v1.{resource}").router)
    for prefix, router in import_module("api.v1.content").routers_of_plugins.items():
        api.add_router(prefix, router)
    for slug, router in plugin_routers.items():
        api.add_router(f"/{slug}", router, tags=[slug], url_name_prefix=slug)
    return api
