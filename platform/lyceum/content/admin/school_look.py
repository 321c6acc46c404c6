"""How a school looks, in the form of its settings: its theme, its colours and its logo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lyceum.accounts.models import User
from lyceum.kernel.pictures import NotAnImage
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import School
from lyceum.theming.logos import logo_address, remove_logo, set_logo
from lyceum.theming.looks import OWN_COLOURS, themes

COLOUR = "colours."
LABELS = {"brand": _("Colour of the school"), "accent": _("Second colour")}


class ShownLogo:
    """What a field of files needs to show the logo that there is."""

    def __init__(self, school: CurrentSchool) -> None:
        self.url = logo_address(school)

    def __str__(self) -> str:
        return str(_("the logo"))


def look_fields(school: School) -> dict[str, forms.Field]:
    """Return the form's fields of a school's look; refusals name them as the API does."""
    colours = {
        f"{COLOUR}{name}": forms.CharField(
            label=LABELS[name],
            required=False,
            max_length=7,
            initial=school.colours.get(name, ""),
            help_text=_("As #1F5FA8; empty for the theme's. What could not be read is refused."),
        )
        for name in OWN_COLOURS
    }
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("JPEG, PNG, WebP or GIF, 2 MB at most."),
    )
    return {"theme": _theme_field(school.theme), **colours, "logo": logo}


def _theme_field(chosen: str) -> forms.ChoiceField:
    """Return the choice among the themes; of one that cannot be shown it says why."""
    found = [(theme.name, theme.told.title) for theme in themes.found.values()]
    fault = themes.broken.get(chosen, "")
    if chosen not in themes.found:
        why = (
            _("broken: shown in the classic one")
            if fault
            else _("not there: shown in the classic one")
        )
        found.append((chosen, f"{chosen} ({why})"))
    return forms.ChoiceField(label=_("Theme"), choices=found, initial=chosen, help_text=fault)


def look_changes(form: forms.BaseForm) -> dict[str, Any]:
    """Return which settings of the look a form changes, as the service takes them."""
    changed = [name for name in form.changed_data if name.startswith(COLOUR)]
    changes: dict[str, Any] = {
        name: form.cleaned_data[name] for name in form.changed_data if name == "theme"
    }
    if changed:
        told = {name: form.cleaned_data[f"{COLOUR}{name}"] for name in OWN_COLOURS}
        changes["colours"] = {name: colour for name, colour in told.items() if colour}
    return changes


def keep_logo(form: forms.BaseForm, *, actor: User, school: CurrentSchool) -> CurrentSchool:
    """
    Replace or remove the logo, as a form asks.

    :raises NotAnImage: if it is not one that can be read
    """
    given = form.cleaned_data.get("logo")
    if given is False:  # the box that clears it was ticked
        return remove_logo(actor=actor, school=school)
    if "logo" in form.changed_data and given:
        try:
            return set_logo(actor=actor, school=school, file=given)
        except NotAnImage as error:
            raise NotAnImage(fields={"logo": [error.message]}) from error
    return school
