"""Copying an exercise, within its lesson or into another, in the place of Wagtail's own form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminPageChooser

from content_types.copying import NoSuchLesson, copy_exercise
from content_types.models import Bank, Exercise, Lesson
from lyceum.plugin.pages import BasePage


class CopyExerciseForm(forms.Form):
    """Where a copy is to go."""

    new_parent_page = forms.ModelChoiceField(
        queryset=BasePage.objects.none(),
        label=gettext_lazy("Lesson or bank"),
        help_text=gettext_lazy(
            "Leave it as it is for a duplicate beside the original, or choose another."
        ),
        widget=AdminPageChooser(target_models=[Lesson, Bank], user_perms="copy_to"),
    )

    def __init__(self, *args: Any, exercise: Exercise, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.exercise, self.user = exercise, user
        field = self.fields["new_parent_page"]
        field.initial = exercise.get_parent()
        field.queryset = BasePage.objects.type(Lesson, Bank)

    def clean_new_parent_page(self) -> BasePage:
        into: BasePage = self.cleaned_data["new_parent_page"]
        if not self.exercise.permissions_for_user(self.user).can_copy_to(into):
            raise ValidationError(gettext("You may not add exercises there."))
        return into


class CopyExercise(WagtailAdminTemplateMixin, FormView):
    """Asks into which lesson an exercise goes, and copies it."""

    template_name = "content_types/admin/copy_exercise.html"
    form_class = CopyExerciseForm
    page_title = gettext_lazy("Copy")
    header_icon = "copy"
    # The way up would be that of the original, which is not what is made.
    breadcrumbs_items: list[Any] = []
    exercise: Any = None

    def get_page_subtitle(self) -> str:
        return str(self.exercise.get_admin_display_title())

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return {**kwargs, "exercise": self.exercise, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["media"] = context["form"].media
        context["next_url"] = get_valid_next_url_from_request(self.request)
        return context

    def form_valid(self, form: CopyExerciseForm) -> HttpResponse:
        into = form.cleaned_data["new_parent_page"]
        try:
            copy = copy_exercise(exercise=self.exercise, into=into, actor=self.request.user)
        except NoSuchLesson as error:
            form.add_error("new_parent_page", error.message)
            return self.form_invalid(form)
        told = gettext("“%(title)s” was copied into “%(lesson)s”, as a draft.") % {
            "title": copy.get_admin_display_title(),
            "lesson": into.get_admin_display_title(),
        }
        edit = reverse("wagtailadmin_pages:edit", args=[copy.pk])
        buttons = [messages.button(edit, gettext("Edit the copy"))]
        messages.success(self.request, told, buttons=buttons)
        back = get_valid_next_url_from_request(self.request)
        return redirect(back or reverse("wagtailadmin_explore", args=[into.pk]))


def copy_of_exercise(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Answer in the place of Wagtail's copying, which has let in who may copy the page."""
    if not issubclass(page.specific_class or BasePage, Exercise):
        return None
    return CopyExercise.as_view(exercise=page.specific)(request)
