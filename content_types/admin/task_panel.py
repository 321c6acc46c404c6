"""The field of an exercise's task, with what stands beside its form while one writes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.admin.panels import FieldPanel
from wagtail.admin.staticfiles import versioned_static

from content_types.admin.addresses import READ_LIST, SEE_TASK, TRY_ANSWER

SCRIPTS = ("answer_panel.js", "task_blocks.js", "task_preview.js", "pasted_list.js")
STYLES = ("answer_panel.css", "task_panel.css")


class TaskPanel(FieldPanel):
    """The task's form, which tells its panels where to ask."""

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "content_types/admin/task_panel.html"

        @property
        def media(self) -> forms.Media:
            own = forms.Media(
                js=[versioned_static(f"content_types/{name}") for name in SCRIPTS],
                css={"all": [versioned_static(f"content_types/{name}") for name in STYLES]},
            )
            return super().media + own

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context |= {
                "trial_url": reverse(TRY_ANSWER),
                "preview_url": reverse(SEE_TASK),
                "paste_url": reverse(READ_LIST),
                "trial_page": self.instance.pk,
                "trial_parent": getattr(self.form.parent_page, "pk", None),
                **self._readers(),
            }
            return context

        def _readers(self) -> dict[str, Any]:
            """Return in which languages an exercise is read, and which is shown at first."""
            names, school = dict(settings.LANGUAGES), self.form.school
            codes = school.languages if school else names
            own = (get_language() or "").split("-")[0]
            at_first = own if own in codes else next(iter(codes), "")
            return {
                "languages": [(code, names.get(code, code)) for code in codes],
                "language": at_first,
            }
