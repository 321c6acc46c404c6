"""“Copied from …”, in the editor of an exercise that is a copy."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from wagtail.admin.panels import Panel

from lyceum.plugin.pages import school_of_page


class OriginPanel(Panel):
    """Names the exercise that this one is a copy of, to who may open it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content_types/admin/origin_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.origin)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"origin": origin_for(self.instance, self.request.user)}


def origin_for(exercise: Any, reader: Any) -> dict[str, Any]:
    """
    Return what a reader may know of an exercise's origin.

    `is_gone` if it is not there any more; else its `page` and `lesson`, where they may open it.
    """
    school = school_of_page(exercise)
    if school is None:
        return {"is_gone": True}
    pages = apps.get_model("content_types", "Exercise").objects
    page = pages.filter(uuid=exercise.origin, path__startswith=school.root_path).first()
    if page is None:
        return {"is_gone": True}
    if not page.permissions_for_user(reader).can_edit():
        return {}
    return {"page": page, "lesson": page.get_parent()}
