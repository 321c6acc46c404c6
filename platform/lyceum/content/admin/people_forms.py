"""What is filled in to change a member of a school, and to invite somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lyceum.content.admin.role_words import of_one
from lyceum.schools.current import CurrentSchool
from lyceum.schools.invitations import RULING
from lyceum.schools.levels import LEVELS
from lyceum.schools.managed import classes_looked_after
from lyceum.schools.models import Membership
from lyceum.schools.roles import STUDENT, in_force, roles_at

# What a membership's states are called.
STATUSES: dict[str, str | Promise] = {
    Membership.Status.PENDING: _("Waits to be let in"),
    Membership.Status.ACTIVE: _("Member"),
    Membership.Status.INACTIVE: _("Shut out"),
}
LONGEST_DAYS = 90


def role_choices(school: CurrentSchool) -> list[tuple[str, str]]:
    """Return the roles that there are to give in a school, with what one is called who has it."""
    return [(code, of_one(code)) for code in roles_at(school.plugins)]


def level_choices(school: CurrentSchool) -> list[tuple[str, str]]:
    """Return the levels that a person of a school can have; none where the school has none."""
    levels = LEVELS[school.level_scale]
    return [("", gettext("No level")), *((each, each) for each in levels)] if levels else []


class RolesField(forms.MultipleChoiceField):
    """One or more roles."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Roles"), **kwargs)


class PlaceForm(forms.Form):
    """What a membership and an invitation to one have in common."""

    roles = RolesField()
    level = forms.ChoiceField(label=_("Level"), required=False)

    def offer(self, school: CurrentSchool, roles: list[tuple[str, str]]) -> None:
        """Offer what the school has."""
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        levels = level_choices(school)
        if levels:
            self.fields["level"].choices = levels  # type: ignore[attr-defined]
        else:
            del self.fields["level"]


class MemberForm(PlaceForm):
    """A member's roles, state, level, and whether they are a child."""

    status = forms.ChoiceField(
        label=_("State"),
        help_text=_("Who is shut out keeps their records, and cannot join again."),
    )
    is_child = forms.BooleanField(
        label=_("Is a child"),
        required=False,
        help_text=_("On no leaderboard, and found and written to by staff alone."),
    )
    field_order = ["status", "roles", "level", "is_child"]

    def __init__(
        self,
        *args: Any,
        member: Membership,
        school: CurrentSchool,
        may_assign_roles: bool,
        **kwargs: Any,
    ) -> None:
        held = in_force(member.roles, school.plugins)
        kwargs["initial"] = {
            "roles": sorted(held),
            "status": member.status,
            "level": member.level,
            "is_child": member.is_child,
        }
        super().__init__(*args, **kwargs)
        self.offer(school, role_choices(school))
        # Nobody is put back among those who wait.
        waits = member.status == Membership.Status.PENDING
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            each for each in STATUSES.items() if waits or each[0] != Membership.Status.PENDING
        ]
        if member.user.is_managed or not may_assign_roles:
            del self.fields["roles"]
        if member.user.is_managed:
            del self.fields["is_child"]

    def changes(self) -> dict[str, Any]:
        """Return what was changed."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class InvitationForm(PlaceForm):
    """Whom to invite, as what, and for how long the invitation holds."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "The invitation is mailed there, and holds for this address alone. Without an address "
            "you get a code to hand on: whoever has it first is let in."
        ),
    )
    cohort = forms.TypedChoiceField(label=_("Class"), coerce=UUID, empty_value=None, required=False)
    days = forms.IntegerField(
        label=_("Holds for days"), min_value=1, max_value=LONGEST_DAYS, initial=14
    )
    field_order = ["email", "roles", "level", "cohort", "days"]

    def __init__(
        self, *args: Any, school: CurrentSchool, may_assign_roles: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs.update({"dir": "ltr", "autocomplete": "off"})
        given = [each for each in role_choices(school) if may_assign_roles or each[0] not in RULING]
        self.offer(school, given)
        self.fields["roles"].initial = [STUDENT]
        classes = [(str(each.uuid), each.name) for each in classes_looked_after(school)]
        self.fields["cohort"].choices = [("", gettext("No class yet")), *classes]  # type: ignore[attr-defined]
        if not classes:
            del self.fields["cohort"]
