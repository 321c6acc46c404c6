"""A plugin's rows in the editor: listed, made, changed, deleted and chosen within their school."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeGuard

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import CreateViewMixin, CreationFormMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import BaseChooser
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from lyceum.access.permissions import can
from lyceum.content.admin.school_choices import boundless, keep_to_school, narrowed, show_refusal
from lyceum.events.services import record_audit
from lyceum.http.requests import school_of, user_of
from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.confinement import ConfinedRows
from lyceum.schools.models.scoped import SchoolScopedModel
from lyceum.schools.scope import current_school


class RowsPolicy(BasePermissionPolicy):
    """One permission of the plugin opens all that is done with its rows, in their own school."""

    def __init__(self, model: type[Model], permission: str) -> None:
        super().__init__(model)
        self._permission = permission

    def user_has_permission(self, user: Any, action: str) -> bool:
        return can(user, self._permission)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        here = current_school()
        return here is not None and instance.school_id == here.id and can(user, self._permission)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_permission_for_instance(user, "", instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        rows = self.model._default_manager.all()
        return rows if can(user, self._permission) else rows.none()


class _InSchool:
    """
    What is added to each view, its author's own too. Mixed in before it.

    The rows themselves are found by managers, which find the school's alone.
    """

    request: HttpRequest

    @cached_property
    def filters(self) -> Any:
        found = super().filters  # type: ignore[misc]
        if found:
            for field in found.form.fields.values():
                narrowed(field)
        return found

    def get_form_class(self) -> Any:
        return keep_to_school(super().get_form_class())  # type: ignore[misc]

    def get_form(self, form_class: Any = None) -> Any:
        return self._belonging(super().get_form(form_class))  # type: ignore[misc]

    def _belonging(self, form: Any) -> Any:
        """Have what a form makes belong to the school, and leave of its choices the school's."""
        for field in form.fields.values():
            narrowed(field)
        below = [each for rows in getattr(form, "formsets", {}).values() for each in rows.forms]
        for each in (form, *below):
            if isinstance(each, BaseModelForm) and hasattr(each.instance, "school_id"):
                each.instance.school_id = school_of(self.request).id
        return form

    def _write_down(self, act: str, row: Any, changed: list[str]) -> None:
        kind = f"{row._meta.app_label}.{row._meta.model_name}"
        record_audit(
            action=f"{kind}_{act}",
            school=school_of(self.request).uuid,
            actor=user_of(self.request).uuid,
            target=row.uuid,
            target_type=kind,
            # Without values: which fields are personal is not known here.
            changes=dict.fromkeys(changed, "changed"),
        )


class _Listing(_InSchool):
    """Lists at the cost of one query, whatever rows are shown of those that they point to."""

    list_display: Any

    def get_base_queryset(self) -> Any:
        rows = super().get_base_queryset()  # type: ignore[misc]
        links = {each.name for each in rows.model._meta.concrete_fields if each.many_to_one}
        told = [name for name in self.list_display if isinstance(name, str) and name in links]
        # What is exported is read once the confinement is over: the query says its school itself.
        rows = rows.filter(school_id=school_of(self.request).id)
        return rows.select_related(*told) if told else rows


class _Saving(_InSchool):
    """Saves with a row of the audit, and shows what is refused beside its field."""

    form: Any
    act = "changed"

    def save_instance(self) -> Any:
        row = super().save_instance()  # type: ignore[misc]
        self._write_down(self.act, row, self.form.changed_data)
        return row

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except DomainError as error:
            show_refusal(error, form)
        except IntegrityError:
            form.add_error(
                None, gettext("Somebody was quicker: it does not go with what is there.")
            )
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined]


class _Making(_Saving):
    act = "made"


class _Deleting(_InSchool):
    """Deletes with a row of the audit; what others hold on to stays, and that is said."""

    object: Any

    def delete_action(self) -> None:
        with transaction.atomic():
            self._write_down("deleted", self.object, [])
            super().delete_action()  # type: ignore[misc]

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except (DomainError, ProtectedError, RestrictedError) as error:
            used = gettext("It cannot be deleted: it is in use.")
            told = error.message if isinstance(error, DomainError) else used
            messages.error(self.request, told)
            return HttpResponseRedirect(self.get_success_url())  # type: ignore[attr-defined]


class _Choosing(_InSchool):
    """The form within a chooser."""

    def get_creation_form_class(self) -> Any:
        found = super().get_creation_form_class()  # type: ignore[misc]
        return keep_to_school(found) if found else None

    def get_creation_form(self) -> Any:
        form = super().get_creation_form()  # type: ignore[misc]
        return self._belonging(form) if form else None

    def save_form(self, form: Any) -> Any:
        with transaction.atomic():
            row = super().save_form(form)  # type: ignore[misc]
            self._write_down("made", row, form.changed_data)
        return row


# The first that a view is a kind of; a copy is a kind of what is made.
_KINDS: tuple[tuple[type, type], ...] = (
    (generic.IndexView, _Listing),
    (generic.CreateView, _Making),
    (generic.EditView, _Saving),
    (generic.DeleteView, _Deleting),
    (CreateViewMixin, _Choosing),
    (CreationFormMixin, _Choosing),
)


@cache
def _in_school(view: type) -> type:
    addition = next((ours for kind, ours in _KINDS if issubclass(view, kind)), _InSchool)
    return type(view.__name__, (addition, view), {"__module__": view.__module__})


class _Held:
    """What both kinds of viewsets have: views that are held to the school, and one permission."""

    model: Any
    permission = ""

    def construct_view(self, view_class: Any, **kwargs: Any) -> Any:
        policy = RowsPolicy(self.model, self.permission)
        return super().construct_view(  # type: ignore[misc]
            _in_school(view_class), **{**kwargs, "permission_policy": policy}
        )


class SchoolViewSet(_Held, ModelViewSet):
    """
    The editor's pages of a plugin's rows: a list, forms, deleting, history and usage.

        class Notes(SchoolViewSet):
            model = Note
            form_fields = ("author", "text")
            list_display = ("text", "author")

        admin.viewset(Notes("notes"), permission="probe.look")

    What it lists and what its forms offer is the school's; what is made belongs to the school. All
    else is as Wagtail's `ModelViewSet` has it. Every change leaves a row in the audit.
    """

    copy_view_enabled = False

    def settle(self) -> None:
        """Let the editor know of the rows wherever it meets them. Called once they are mounted."""
        if policy_registry.get_by_type(self.model, fallback=False) is None:
            policy = RowsPolicy(self.model, self.permission)
            register_permission_policy(self.model, policy, exact_class=True)
        register_admin_url_finder(self.model, self.url_finder_class)
        self.register_reference_index()


class _OwnChooser(BaseChooser):
    """A chooser's field; an id of another school's row that was sent is shown as none."""

    def get_instance(self, value: Any) -> Any:
        found = super().get_instance(value)
        here = current_school()
        return found if found is None or here is None or found.school_id == here.id else None


class SchoolChooserViewSet(_Held, ChooserViewSet):
    """
    A chooser among a plugin's rows of the school, for the panels of forms that point to them.

        admin.viewset(SchoolChooserViewSet("note", model=Note), permission="probe.look")

    With `form_fields` one can be made in it.
    """

    base_widget_class = _OwnChooser

    def settle(self) -> None:
        """Have panels choose by it. Called once it is mounted."""
        self.on_register()


def is_of_rows(viewset: ViewSet) -> TypeGuard[SchoolViewSet | SchoolChooserViewSet]:
    """Return whether a viewset is of rows, and thereby of rows of the school."""
    return isinstance(viewset, SchoolViewSet | SchoolChooserViewSet)


def check_rows(viewset: ViewSet, plugin: Plugin) -> None:
    """
    Check of a plugin's viewset that it shows no other school's rows, and is in the audit.

    :raises BadPart: if it could
    """
    model, name = getattr(viewset, "model", None), type(viewset).__name__
    if model is None and not is_of_rows(viewset):
        return
    if not is_of_rows(viewset):
        raise BadPart(f"{name} is of rows: build it on SchoolViewSet or SchoolChooserViewSet.")
    if not (isinstance(model, type) and issubclass(model, SchoolScopedModel)):
        raise BadPart(f"{name} needs a `model` that is a SchoolScopedModel.")
    if not isinstance(model._default_manager, ConfinedRows):
        raise BadPart(f"{name}: make the manager of its model from a SchoolQuerySet.")
    if isinstance(viewset, SchoolViewSet):
        open_fields = boundless(viewset.get_form_class(), plugin.slug)
        if open_fields:
            raise BadPart(f"{name}: the field {open_fields[0]!r} would offer every school's rows.")
    named = {each.action for each in plugin.told.audits}
    missing = {f"{model._meta.model_name}_{act}" for act in _acts_of(viewset)} - named
    if missing:
        raise BadPart(f"{name}: plugin.toml names no {min(missing)!r} under `audits`.")


def _acts_of(viewset: SchoolViewSet | SchoolChooserViewSet) -> tuple[str, ...]:
    if isinstance(viewset, SchoolViewSet):
        return ("made", "changed", "deleted")
    has_form = viewset.creation_form_class or viewset.form_fields or viewset.exclude_form_fields
    return ("made",) if has_form else ()
