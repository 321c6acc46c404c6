"""Version 1 of the platform's API: a resource a module, put together by `build()`."""

from __future__ import annotations

from importlib import import_module

from lyceum.http.api import LyceumAPI

RESOURCES = ("school", "members", "operations", "problems")


def build() -> LyceumAPI:
    """Return a new API object. A factory, since ninja freezes routers when `urls` is read."""
    api = LyceumAPI(title="Lyceum", version="1", urls_namespace="api-v1")
    for resource in RESOURCES:
        api.add_router("", import_module(f"api.v1.{resource}").router)
    return api
