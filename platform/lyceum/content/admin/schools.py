"""Schools in the admin: the operator makes and suspends them, managers change their own's rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from lyceum.accounts.models import User
from lyceum.content.admin.school_choices import show_refusal
from lyceum.content.admin.school_look import ShownLogo, keep_logo, look_changes, look_fields
from lyceum.content.founding import found_school
from lyceum.kernel.errors import DomainError
from lyceum.schools.current import school_by_id
from lyceum.schools.models import School
from lyceum.schools.scope import current_school
from lyceum.schools.settings import change_school

RULES = (
    "name",
    "status",
    "listed",
    "signup_policy",
    "join_code",
    "catalogue",
    "level_scale",
    "languages",
    "pass_mark",
    "allowed_origins",
    "solution_at_once",
    "enforce_time",
)
OPERATORS_ONLY = frozenset({"status"})


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class SchoolForm(forms.ModelForm[School]):
    """A school's rules; saving goes through the services, which write the audit."""

    languages = LinesField(
        initial="en",
        label=_("Languages"),
        help_text=format_lazy(
            _("Codes, one a line, the school's own first: {codes}"),
            codes=", ".join(code for code, _name in settings.LANGUAGES),
        ),
    )
    allowed_origins = LinesField(
        label=_("Origins"),
        required=False,
        help_text=_("Origins of front ends on other hosts, one a line: https://…"),
    )

    class Meta:
        model = School
        fields = RULES

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        if not for_user.is_superuser:
            for name in OPERATORS_ONLY:
                del self.fields[name]
        if self.instance.pk:
            self.fields |= look_fields(self.instance)
            logo = ShownLogo(school_by_id(self.instance.pk))
            self.fields["logo"].initial = logo if logo.url else None

    @transaction.atomic
    def keep(self) -> School:
        """Change the school, as its manager or the operator asks."""
        rules = {name: self.cleaned_data[name] for name in self.changed_data if name in RULES}
        school = change_school(
            actor=self.for_user,
            school=school_by_id(self.instance.pk),
            changes={**rules, **look_changes(self)},
        )
        keep_logo(self, actor=self.for_user, school=school)
        return School.objects.get(id=school.id)


class NewSchoolForm(SchoolForm):
    """A school that is to be, with the slug and the host that stay its own."""

    host = forms.CharField(label=_("Host"), max_length=255, help_text=_("As in toto.example.org."))
    port = forms.IntegerField(label=_("Port"), initial=80, min_value=1, max_value=65535)

    class Meta:
        model = School
        fields = ("slug", *RULES)

    def _post_clean(self) -> None:
        """Leave the checking to the service: the instance has neither site nor library yet."""

    def keep(self) -> School:
        """Found the school."""
        return School.objects.get(id=found_school(**self.cleaned_data).id)


class _SavedByService:
    """Saves by the form's service, and shows what it refuses beside the field."""

    form: Any

    def save_instance(self) -> School:
        return self.form.keep()

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except DomainError as error:
            show_refusal(error, form)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]


class NewSchoolView(_SavedByService, generic.CreateView):
    def get_form_class(self) -> type[NewSchoolForm]:
        return NewSchoolForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class SchoolsView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        schools = super().get_base_queryset()
        if self.request.user.is_superuser:
            return schools
        here = current_school()
        return schools.filter(pk=here.id) if here else schools.none()


class SchoolView(_SavedByService, generic.EditView):
    def get_object(self, queryset: Any = None) -> School:
        school: School = super().get_object(queryset)
        # Wagtail asks for the model only; which school it is must be asked too.
        policy = policy_registry.get_by_type(School)
        if not policy.user_has_permission_for_instance(self.request.user, "change", school):
            raise PermissionDenied
        return school

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "for_user": self.request.user}


class SchoolViewSet(ModelViewSet):
    model = School
    name = "schools"
    icon = "site"
    menu_label = _("School")
    add_to_admin_menu = True
    menu_order = 700
    list_display = ["name", "slug", "status", "signup_policy", "catalogue"]
    search_fields = ["name", "slug"]
    copy_view_enabled = False
    inspect_view_enabled = False
    index_view_class = SchoolsView
    add_view_class = NewSchoolView
    edit_view_class = SchoolView

    def get_form_class(self, for_update: bool = False) -> type[SchoolForm]:
        return SchoolForm if for_update else NewSchoolForm
