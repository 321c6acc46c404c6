"""The product's addresses, and beside them what it is compared with, behind the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from ninja import NinjaAPI
from wagtail.api.v3.errors import register_exception_handlers
from wagtail.api.v3.routers.pages import router as pages_of_wagtail

from deploy.urls import urlpatterns as urls_of_product
from lyceum.http.routing import CATALOGUE, Door

# Wagtail's own API as its documentation mounts it. Authoring has put our door before the other.
wagtail = NinjaAPI(urls_namespace="bench_wagtail", docs_url=None, openapi_url=None)
register_exception_handlers(wagtail)
wagtail.add_router("/pages/", pages_of_wagtail)

let_in = Door(CATALOGUE, "content:read")


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing: what is left is the server, Django and the middleware."""
    return HttpResponse()


def signed(request: HttpRequest) -> HttpResponse:
    """Answer nothing to those whom the API's door lets in."""
    let_in(request)
    return HttpResponse()


urlpatterns = [
    # Below the API's own prefix, for the middleware treats that apart.
    path("bench/bare", empty),
    path("api/v1/content/bench/empty", empty),
    path("api/v1/content/bench/signed", signed),
    path("api/v1/content/bench/wagtail/", wagtail.urls),
    *urls_of_product,
]
