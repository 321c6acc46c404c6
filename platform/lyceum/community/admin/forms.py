"""What moderators and managers fill in: an act upon a case, and the school's filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateTimeInput

from lyceum.community.filtering.words import LONGEST_ENTRY
from lyceum.community.models import Policy
from lyceum.community.policy import BOUNDS, MOST_SITES, MOST_WORDS
from lyceum.kernel.errors import DomainError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

FOR_THINGS = [
    ("hide", _("Hide it")),
    ("restore", _("Show it again, or let it through")),
    ("bin", _("Delete it")),
]
FOR_PEOPLE = [
    ("warn", _("Warn the author")),
    ("suspend", _("Suspend the author from contact")),
    ("lift", _("End the author’s suspension")),
]
FOR_CASES = [
    ("review", _("Mark it as looked at")),
    ("note", _("Only add a note")),
    ("resolve", _("Resolve the case")),
    ("dismiss", _("Dismiss the case")),
]


class ActForm(forms.Form):
    """One act of a moderator upon a case."""

    action = forms.ChoiceField(label=_("What to do"))
    message = forms.CharField(
        label=_("Message to the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_(
            "The author reads it, with a warning, where it must be there, or a suspension."
        ),
    )
    until = forms.DateTimeField(
        label=_("Suspended until"),
        required=False,
        widget=AdminDateTimeInput,
        help_text=_("Within a year. Reading and learning stay open."),
    )
    note = forms.CharField(
        label=_("Note for moderators"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self, *args: Any, for_thing: bool, for_author: bool, is_open: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [
            *(FOR_CASES if is_open else FOR_CASES[1:2]),
            *((FOR_THINGS if is_open else FOR_THINGS[1:2]) if for_thing else []),
            *((FOR_PEOPLE if is_open else FOR_PEOPLE[2:]) if for_author else []),
        ]
        self.fields["action"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("message") and given.get("action") not in ("warn", "suspend"):
            told = _("Only with a warning or a suspension is a message sent. Or write a note.")
            self.add_error("message", told)
        return given


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 8, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or ())

    def clean(self, value: Any) -> list[str]:
        return [line for line in str(super().clean(value)).splitlines() if line.strip()]


def _number(label: _StrPromise, name: str, help_text: _StrPromise | str) -> forms.IntegerField:
    least, most = BOUNDS[name]
    bounds = format_lazy(_("{least} to {most}."), least=least, most=most)
    told = format_lazy("{} {}", help_text, bounds)
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=told)


class FiltersForm(forms.Form):
    """What a school holds back of what its people write."""

    words = LinesField(
        label=_("Words"),
        required=False,
        max_length=MOST_WORDS * (LONGEST_ENTRY + 2),
        help_text=_(
            "One a line: “word”, “beginning*”, or several words. Capitals, accents piled up, "
            "spaces and look-alike letters do not hide them."
        ),
    )
    on_words = forms.ChoiceField(label=_("Who writes one of them"), choices=Policy.Answer.choices)
    on_links = forms.ChoiceField(label=_("Who writes a link"), choices=Policy.Answer.choices)
    allowed_sites = LinesField(
        label=_("Sites that may be linked to"),
        required=False,
        max_length=MOST_SITES * 255,
        help_text=_("One a line, as in example.org; what lies below one is allowed too."),
    )
    first_posts_held = _number(
        _("First posts to hold"),
        "first_posts_held",
        _("So many things of a newcomer wait for a moderator."),
    )
    newcomer_days = _number(_("Days one is a newcomer"), "newcomer_days", "")
    bin_days = _number(
        _("Days in the bin"), "bin_days", _("How long a deleted thing can be restored.")
    )


def show_refusal(error: DomainError, form: forms.Form) -> None:
    """Write what a service refused beside the field that it is about."""
    for name, messages in (error.fields or {"": [error.message]}).items():
        form.add_error(name if name in form.fields else None, messages)
