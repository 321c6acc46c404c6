"""What managers fill in: a badge, its texts in each of the school's languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.plugin.errors import DomainError
from plugins.badges.models import Kind, Rule
from plugins.badges.rulebook import MOST_THRESHOLD

MEASURES = [
    (Rule.Measure.COUNT, _("so many things done")),
    (Rule.Measure.POINTS, _("so many points")),
    (Rule.Measure.STREAK, _("so many days in a row")),
    (Rule.Measure.LEVEL, _("a level")),
]
KINDS = [
    ("", _("nothing")),
    (Kind.EXERCISE, _("exercises answered right")),
    (Kind.LESSON, _("lessons completed")),
    (Kind.COURSE, _("courses completed")),
]
MEASURED = {
    Rule.Measure.POINTS: _("points"),
    Rule.Measure.STREAK: _("days in a row"),
    Rule.Measure.LEVEL: _("level"),
}
LABELS = {"name": _("Name"), "description": _("Description")}
PLAIN = ("icon", "measure", "threshold", "kind", "min_score")


class RuleForm(forms.Form):
    """A badge and how it is earned. `name_<language>` and `description_<language>` come first."""

    icon = forms.CharField(
        label=_("Icon"), required=False, max_length=16, help_text=_("A sign or two, as 🎯.")
    )
    measure = forms.ChoiceField(label=_("Earned by"), choices=MEASURES)
    threshold = forms.IntegerField(
        label=_("How many, or which level"), min_value=1, max_value=MOST_THRESHOLD
    )
    kind = forms.ChoiceField(label=_("What is counted"), choices=KINDS, required=False)
    category = forms.ChoiceField(
        label=_("Only in the category"), required=False, help_text=_("Exercises and lessons only.")
    )
    min_score = forms.IntegerField(
        label=_("Only with a score of, in per cent"),
        required=False,
        min_value=0,
        max_value=100,
        help_text=_("Lessons only."),
    )

    def __init__(
        self,
        *args: Any,
        rule: Rule | None,
        languages: Sequence[str],
        categories: Sequence[tuple[UUID, str]],
    ) -> None:
        initial = {name: getattr(rule, name) for name in (*PLAIN, "category")} if rule else {}
        super().__init__(*args, initial=initial)
        self.languages = languages
        self.kept = rule
        choices = [("", gettext("any")), *((str(uuid), title) for uuid, title in categories)]
        self.fields["category"].choices = choices  # type: ignore[attr-defined]
        texts = {
            f"{name}_{language}": self._text(name, language, rule, required=required)
            for language in languages
            for name, required in (("name", language == languages[0]), ("description", False))
        }
        self.fields = {**texts, **self.fields}

    def _text(self, name: str, language: str, rule: Rule | None, *, required: bool) -> Any:
        return forms.CharField(
            label=f"{LABELS[name]} ({language})",
            required=required,
            max_length=200 if name == "name" else 500,
            initial=getattr(rule, name).get(language, "") if rule else "",
            widget=forms.TextInput(attrs={"dir": "auto"}),
        )

    def values(self) -> dict[str, Any]:
        """Return what the services take; texts in languages that the school gave up are kept."""
        given = self.cleaned_data
        category = given["category"]
        return {
            "name": self._texts("name"),
            "description": self._texts("description"),
            "icon": given["icon"],
            "measure": given["measure"],
            "threshold": given["threshold"],
            "kind": given["kind"],
            "category": UUID(category) if category else None,
            "min_score": given["min_score"] or 0,
        }

    def _texts(self, name: str) -> dict[str, str]:
        kept = getattr(self.kept, name) if self.kept else {}
        given = {language: self.cleaned_data[f"{name}_{language}"] for language in self.languages}
        return {language: text for language, text in {**kept, **given}.items() if text}


def show_refusal(error: DomainError, form: forms.Form) -> None:
    """Write what a service refused beside the field that it is about."""
    for name, messages in (error.fields or {"": [error.message]}).items():
        form.add_error(name if name in form.fields else None, messages)


def counted(rule: Rule) -> str:
    """Return how a badge is earned, as in “10 × lessons completed”."""
    return f"{rule.threshold} × {dict(KINDS)[rule.kind] if rule.kind else MEASURED[rule.measure]}"
