"""The exercises of a lesson, in the lesson's own editor."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext
from wagtail.admin.panels import Panel

from lyceum.plugin.exercises import kind_here


class ExercisesPanel(Panel):
    """Lists a lesson's exercises, with the ways to write, copy and order them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "content_types/admin/exercises_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            rights = self.instance.permissions_for_user(self.request.user)
            return context | {
                "lesson": self.instance,
                "exercises": exercises_below(self.instance),
                "may_add": rights.can_add_subpage(),
                "may_order": rights.can_reorder_children(),
            }


def exercises_below(lesson: Any) -> list[dict[str, Any]]:
    """Return a lesson's exercises in their order, as its editor lists them. One query."""
    from content_types.rendering.exercises import kind_of

    below = apps.get_model("content_types", "Exercise").objects.child_of(lesson)
    return [
        {"page": page, "kind": _label_of(kind_of(page)), "is_copy": bool(page.origin)}
        for page in below.order_by("path")
    ]


def _label_of(name: str) -> str:
    kind = kind_here(name)
    return gettext(kind.label) if kind else ""
