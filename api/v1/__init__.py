"""Version 1 of the platform's API: a resource a module, put together by `build()`."""

from ninja import NinjaAPI


def build() -> NinjaAPI:
    """Return a new API object. A factory, since ninja freezes routers when `urls` is read."""
    return NinjaAPI(title="Lyceum", version="1", urls_namespace="api-v1")
