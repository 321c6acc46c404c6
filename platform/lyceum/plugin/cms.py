"""What a plugin brings to the admin: pages, menu items and panels, in its `cms.py`."""

from wagtail.admin.viewsets.base import ViewSet

from lyceum.content.admin.plugin_pages import Admin

__all__ = ["Admin", "ViewSet"]
