"""Level and tags of many pages at once, from any list of pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from lyceum.content.admin.forms import TagsField
from lyceum.content.desk.levelling import Outcome, Wish, give_level_and_tags, takes
from lyceum.content.models import BasePage
from lyceum.content.publication.gate import NotReady
from lyceum.http.requests import school_of, user_of
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import levels_of
from lyceum.schools.scope import current_school

NO_LEVEL = "-"


class LevelAndTagsForm(forms.Form):
    """What is to become of the pages. What is left empty stays as it is."""

    level = forms.ChoiceField(label=gettext_lazy("Level"), required=False)
    add = TagsField(label=gettext_lazy("Tags to add"))
    remove = TagsField(label=gettext_lazy("Tags to take away"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school = current_school()
        known = levels_of(school.level_scale) if school else ()
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", _("As it is")),
            (NO_LEVEL, _("No level")),
            *((level, level) for level in known),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Say what is to be changed."))
        return cleaned

    @property
    def wish(self) -> Wish:
        """What was filled in."""
        level = self.cleaned_data["level"]
        asked = {"": None, NO_LEVEL: ""}.get(level, level)
        return Wish(asked, self.cleaned_data["add"], self.cleaned_data["remove"])


class LevelAndTags(PageBulkAction):
    """Changes level and tags of the pages that were chosen, all of them or none."""

    display_name = gettext_lazy("Level and tags")
    action_type = "level_and_tags"
    aria_label = gettext_lazy("Change level and tags of the selected pages")
    template_name = "content/admin/level_and_tags.html"
    action_priority = 35
    models = [BasePage]
    form_class = LevelAndTagsForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if current_school() is None:
            raise Http404
        answer: HttpResponse = super().dispatch(request, *args, **kwargs)
        return answer

    def check_perm(self, page: Any) -> bool:
        rights = page.permissions_for_user(self.request.user)
        return bool(rights.can_edit() and not rights.page_locked() and takes(page))

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
            return answer
        except NotReady:
            # The door leads to what is to be mended.
            raise
        except ValidationError as fault:
            form.add_error(None, fault)
            refused: HttpResponse = self.form_invalid(form)
            return refused

    def get_execution_context(self) -> dict[str, Any]:
        return {
            "actor": user_of(self.request),
            "school": school_of(self.request),
            "wish": self.cleaned_form.wish,
            "told": self,
        }

    @classmethod
    def execute_action(
        cls,
        objects: Any,
        *,
        actor: Any,
        school: CurrentSchool,
        wish: Wish,
        told: LevelAndTags,
        **_kwargs: Any,
    ) -> tuple[int, int]:
        told.outcome = give_level_and_tags(actor=actor, school=school, pages=objects, wish=wish)
        return len(objects), 0

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return words_of(self.outcome)

    outcome = Outcome()


def words_of(outcome: Outcome) -> str:
    """Return what became of the pages."""
    parts = [
        (
            outcome.published,
            ngettext(
                "%(count)s page was published anew.",
                "%(count)s pages were published anew.",
                outcome.published,
            ),
        ),
        (
            outcome.drafts,
            ngettext(
                "%(count)s page has a new draft.",
                "%(count)s pages have a new draft.",
                outcome.drafts,
            ),
        ),
        (
            outcome.unchanged,
            ngettext(
                "%(count)s page stays as it was.",
                "%(count)s pages stay as they were.",
                outcome.unchanged,
            ),
        ),
    ]
    return " ".join(words % {"count": count} for count, words in parts if count)
