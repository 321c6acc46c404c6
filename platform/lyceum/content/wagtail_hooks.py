"""What the admin shows beside Wagtail's own."""

from __future__ import annotations

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from lyceum.content.admin.schools import SchoolViewSet


@hooks.register("register_admin_viewset")
def schools() -> ViewSet:
    return SchoolViewSet()
