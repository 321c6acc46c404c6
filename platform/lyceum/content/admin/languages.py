"""Which languages of a translated text the editor shows: those of the school."""

from __future__ import annotations

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from lyceum.content.exercises.forms import TRANSLATED
from lyceum.schools.current import CurrentSchool


def style_of_languages(school: CurrentSchool | None) -> SafeString:
    """
    Return the style that hides the languages a school does not use; "" where there is no school.

    Hidden, not left out: what they hold is sent back with the form, and so is kept.
    """
    languages = [code for code, _ in settings.LANGUAGES]
    hidden = [code for code in languages if school and code not in school.languages]
    if not hidden:
        return mark_safe("")
    places = ", ".join(f'.{TRANSLATED} > [data-contentpath="{code}"]' for code in hidden)
    return format_html("<style>{} {{ display: none }}</style>", mark_safe(places))
