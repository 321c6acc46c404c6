"""Files as editors see them, whether a published page shows them or not."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from wagtail.permissions import policy_registry

from lyceum.content.models import ImageRendition, LibraryDocument, LibraryMedia

app_name = "lyceum_files"


def rendition(request: HttpRequest, pk: int) -> FileResponse:
    """Answer an image's rendition."""
    found = get_object_or_404(ImageRendition.objects.select_related("image"), pk=pk)
    return _answer(request, found.image, found.file)


def document(request: HttpRequest, pk: int) -> FileResponse:
    """Answer a document."""
    found = get_object_or_404(LibraryDocument, pk=pk)
    return _answer(request, found, found.file)


def media(request: HttpRequest, pk: int) -> FileResponse:
    """Answer an audio or video file."""
    found = get_object_or_404(LibraryMedia, pk=pk)
    return _answer(request, found, found.file)


def _answer(request: HttpRequest, item: Any, file: Any) -> FileResponse:
    policy = policy_registry.get(item)
    if not policy.user_has_any_permission_for_instance(request.user, {"choose", "change"}, item):
        raise Http404
    response = FileResponse(file.open("rb"), filename=item.filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    response["Cache-Control"] = "private, max-age=300"
    return response


urlpatterns = [
    path("rendition/<int:pk>/", rendition, name="rendition"),
    path("document/<int:pk>/", document, name="document"),
    path("media/<int:pk>/", media, name="media"),
]
