"""What is filled in to make accounts for children, and to change one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.managed.making import MOST_AT_ONCE, NewAccount
from lyceum.accounts.managed.user_names import LONGEST, Name, name_of_line
from lyceum.accounts.models import User
from lyceum.kernel.errors import DomainError
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import LEVELS
from lyceum.schools.managed import classes_looked_after
from lyceum.schools.models import Membership


class PlaceForm(forms.Form):
    """Where in the school the new accounts are: their class, and their level."""

    cohort = forms.TypedChoiceField(label=_("Class"), coerce=UUID, empty_value=None, required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(
        self, *args: Any, school: CurrentSchool, taught_by: User | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        classes = classes_looked_after(school, taught_by=taught_by)
        known = [(str(each.uuid), each.name) for each in classes]
        # Whom no class holds, no teacher would find again.
        anywhere = [("", gettext("No class yet"))] if taught_by is None else []
        self.fields["cohort"].choices = [*anywhere, *known]  # type: ignore[attr-defined]
        self.fields["cohort"].required = taught_by is not None
        levels = LEVELS[school.level_scale]
        known_levels = [("", gettext("No level")), *((each, each) for each in levels)]
        self.fields["level"].choices = known_levels  # type: ignore[attr-defined]
        if not levels:
            self.fields["level"].widget = forms.HiddenInput()


class NamesForm(PlaceForm):
    """The children's names, as they stand in a list."""

    names = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto"}),
        help_text=_("One child a line: “Ana Ruiz”, or “Ruiz, Ana”. A column of a table will do."),
    )
    field_order = ["names", "cohort", "level"]

    def clean_names(self) -> list[Name]:
        lines = [line for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(
                gettext("These are %(lines)s. Add %(most_at_once)s at a time at most.")
                % {"lines": len(lines), "most_at_once": MOST_AT_ONCE}
            )
        names = [name_of_line(line) for line in lines]
        if any(len(part) > 100 for name in names for part in (name.first, name.last)):
            raise ValidationError(gettext("A name is longer than 100 letters."))
        return names


class RowForm(forms.Form):
    """One child of the list."""

    first_name = forms.CharField(max_length=100)
    last_name = forms.CharField(max_length=100, required=False)
    username = forms.CharField(label=_("User name"), max_length=LONGEST)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.update({"dir": "auto", "autocomplete": "off"})


Rows = forms.formset_factory(
    RowForm,
    extra=0,
    min_num=0,
    max_num=MOST_AT_ONCE,
    absolute_max=MOST_AT_ONCE,
    validate_max=True,
)


class ChangeForm(RowForm):
    """A child's name, user name, and whether the account is in use."""

    status = forms.ChoiceField(
        choices=[("active", _("In use")), ("inactive", _("Out of use: cannot log in"))]
    )

    @staticmethod
    def values_of(member: Membership) -> dict[str, Any]:
        """Return what a membership has of this form's fields."""
        user = member.user
        return {
            "first_name": user.first_name,
            "last_name": user.last_name,
            "username": user.username,
            "status": member.status,
        }


def new_accounts(rows: Any) -> list[NewAccount]:
    """Return the accounts that the rows of a valid list ask for."""
    return [NewAccount(**row.cleaned_data) for row in rows.forms]


def show_refusal(
    error: DomainError, *, rows: Any = None, place: Any = None, form: Any = None
) -> None:
    """Write what a service refused beside the field that it is about."""
    for place_of, messages in (error.fields or {"": [error.message]}).items():
        list_name, _, rest = place_of.partition(".")
        number, _, name = rest.partition(".")
        target = form or place
        if list_name == "accounts" and rows is not None and number.isdecimal():
            target = rows.forms[int(number)]
        else:
            name = place_of
        target.add_error(name if name in target.fields else None, messages)
