"""What a plugin brings to the admin: pages, rows, choosers, menu items, panels, in its `cms.py`."""

from wagtail.admin.viewsets.base import ViewSet

from lyceum.content.admin.plugin_pages import Admin
from lyceum.content.admin.school_rows import SchoolChooserViewSet, SchoolViewSet
from lyceum.content.admin.showing import show_page

__all__ = ["Admin", "SchoolChooserViewSet", "SchoolViewSet", "ViewSet", "show_page"]
