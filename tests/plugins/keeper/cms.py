"""The keeper in the admin: folders within folders."""

from __future__ import annotations

from lyceum.plugin.cms import Admin, SchoolViewSet
from plugins.keeper.models import Folder


class FoldersViewSet(SchoolViewSet):
    """The school's folders."""

    model = Folder
    form_fields = ("name", "parent", "author")
    list_display = ("name", "parent")
    list_filter = ("parent",)


admin = Admin()
admin.viewset(FoldersViewSet("folders"), permission="keeper.keep")
admin.menu_item("Folders", to="folders:index", permission="keeper.keep", icon="folder")
