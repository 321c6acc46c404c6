"""The form in which a page of any type is written, in the admin and over `/api/cms/` alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from lyceum.content.page_rules import LONGEST_TITLE, check_things, normal_tags, school_of_page
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import levels_of


class TagsField(forms.CharField):
    """Tags in one line, with commas between them. Over the API, a list will do as well."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("Words with commas between them, 20 at most."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        words = value if isinstance(value, list) else str(value or "").replace("،", ",").split(",")
        return normal_tags([str(word) for word in words])

    def validate(self, value: Any) -> None:
        """Nothing is left to check: a list is no text, which is what the parent would measure."""

    def run_validators(self, value: Any) -> None:
        """See `validate`."""


class SchoolPageForm(WagtailAdminPageForm):
    """
    Knows the page's school: offers its languages and its levels, and refuses what is not its own.
    """

    tags = TagsField(label=_("Tags"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = kwargs.get("parent_page")
        self.school = school_of_page(
            self.instance if self.instance.path else parent or self.instance
        )
        if "tags" in self.fields and "tags" not in self._meta.fields:
            del self.fields["tags"]
        self._limit_titles()
        if self.school is not None:
            self._keep_languages(self.school)
            self._offer_levels(self.school)

    def _limit_titles(self) -> None:
        # Wagtail's own column is longer than what a school's front ends are promised.
        for name, field in self.fields.items():
            if name.startswith("title_"):
                field.validators.append(MaxLengthValidator(LONGEST_TITLE))
                field.widget.attrs["maxlength"] = LONGEST_TITLE

    def _keep_languages(self, school: CurrentSchool) -> None:
        """Drop the fields of languages that the school does not use; what they hold stays."""
        for name in list(self.fields):
            stem, _, language = name.rpartition("_")
            if not stem or language not in settings.MODELTRANSLATION_LANGUAGES:
                continue
            if language not in school.languages:
                del self.fields[name]
                continue
            self.fields[name].widget.attrs.update(lang=language, dir="auto")
            if stem == "title" and language == school.language:
                self.fields[name].required = True

    def _offer_levels(self, school: CurrentSchool) -> None:
        if "level" in self.fields:
            choices = [("", "—"), *((level, level) for level in levels_of(school.level_scale))]
            self.fields["level"] = forms.ChoiceField(
                label=gettext("Level"), choices=choices, required=False
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        try:
            check_things(self._chosen(), self.school)
        except ValidationError as fault:
            self.add_error(None, fault)
        return cleaned

    def _chosen(self) -> Iterable[Model]:
        """Yield what was chosen in the rows of inline panels, which the model cannot see yet."""
        for formset in self.formsets.values():
            if not formset.is_valid():
                continue
            for row in formset.cleaned_data:
                if row and not row.get("DELETE"):
                    yield from (value for value in row.values() if isinstance(value, Model))
