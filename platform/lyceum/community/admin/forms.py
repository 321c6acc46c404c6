"""What moderators and managers fill in: an act upon a case, and the school's filters."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from lyceum.community.filtering.words import LONGEST_ENTRY
from lyceum.community.models import Policy
from lyceum.community.policy import BOUNDS, MOST_SITES, MOST_WORDS
from lyceum.kernel.errors import DomainError

FOR_THINGS = [
    ("hide", "Hide it"),
    ("restore", "Show it again, or let it through"),
    ("bin", "Delete it"),
]
FOR_PEOPLE = [
    ("warn", "Warn the author"),
    ("suspend", "Suspend the author from contact"),
    ("lift", "End the author’s suspension"),
]
FOR_CASES = [
    ("review", "Mark it as looked at"),
    ("note", "Only add a note"),
    ("resolve", "Resolve the case"),
    ("dismiss", "Dismiss the case"),
]


class ActForm(forms.Form):
    """One act of a moderator upon a case."""

    action = forms.ChoiceField(label="What to do")
    message = forms.CharField(
        label="Message to the author",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text="The author reads it: with a warning it must be there.",
    )
    until = forms.DateTimeField(
        label="Suspended until",
        required=False,
        widget=AdminDateTimeInput,
        help_text="Within a year. Reading and learning stay open.",
    )
    note = forms.CharField(
        label="Note for moderators",
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


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 8, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else "\n".join(value or ())

    def clean(self, value: Any) -> list[str]:
        return [line for line in str(super().clean(value)).splitlines() if line.strip()]


def _number(label: str, name: str, help_text: str) -> forms.IntegerField:
    least, most = BOUNDS[name]
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=f"{help_text} {least} to {most}."
    )


class FiltersForm(forms.Form):
    """What a school holds back of what its people write."""

    words = LinesField(
        label="Words",
        required=False,
        max_length=MOST_WORDS * (LONGEST_ENTRY + 2),
        help_text="One a line: “word”, “beginning*”, or several words. Capitals, accents piled up, "
        "spaces and look-alike letters do not hide them.",
    )
    on_words = forms.ChoiceField(label="Who writes one of them", choices=Policy.Answer.choices)
    on_links = forms.ChoiceField(label="Who writes a link", choices=Policy.Answer.choices)
    allowed_sites = LinesField(
        label="Sites that may be linked to",
        required=False,
        max_length=MOST_SITES * 255,
        help_text="One a line, as in example.org; what lies below one is allowed too.",
    )
    first_posts_held = _number(
        "First posts to hold",
        "first_posts_held",
        "So many things of a newcomer wait for a moderator.",
    )
    newcomer_days = _number("Days one is a newcomer", "newcomer_days", "")
    bin_days = _number("Days in the bin", "bin_days", "How long a deleted thing can be restored.")


def show_refusal(error: DomainError, form: forms.Form) -> None:
    """Write what a service refused beside the field that it is about."""
    for name, messages in (error.fields or {"": [error.message]}).items():
        form.add_error(name if name in form.fields else None, messages)
