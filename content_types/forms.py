"""What a lesson's form checks beyond what every page's form does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.blocks import StreamValue

from content_types.inline_exercises import is_own, told_of_foreign
from content_types.prerequisites import check_for_circle
from lyceum.plugin.editing import SchoolPageForm


class LessonForm(SchoolPageForm):
    """Refuses prerequisites that go round in a circle, and other lessons' exercises."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_prerequisites()
        for name, body in cleaned.items():
            if name.startswith("body_") and isinstance(body, StreamValue):
                self._check_exercises(name, body)
        return cleaned

    def _check_prerequisites(self) -> None:
        formset = self.formsets.get("prerequisites")
        if formset is None or not formset.is_valid():
            return
        rows = [row for row in formset.cleaned_data if row and not row.get("DELETE")]
        required = [row["required"] for row in rows]
        try:
            if len({lesson.pk for lesson in required}) < len(required):
                raise ValidationError(gettext("A lesson is named twice among the prerequisites."))
            if self.instance.pk and self.instance.pk in {lesson.pk for lesson in required}:
                raise ValidationError(gettext("A lesson cannot be its own prerequisite."))
            check_for_circle(self.instance, required)
        except ValidationError as fault:
            self.add_error(None, fault)

    def _check_exercises(self, name: str, body: StreamValue) -> None:
        for exercise in _shown(body):
            if not is_own(self.instance, exercise):
                self.add_error(name, told_of_foreign(exercise))


def _shown(body: StreamValue) -> Iterator[Any]:
    return (block.value for block in body if block.block_type == "exercise" and block.value)
