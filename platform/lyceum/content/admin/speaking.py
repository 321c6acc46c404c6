"""In which language the editor speaks to somebody."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from wagtail.admin.localization import get_available_admin_languages

from lyceum.accounts.languages import language_of_request
from lyceum.http.requests import user_of
from lyceum.schools.scope import current_school


def language_of_editor(request: HttpRequest) -> str:
    """
    Return the language of a person's profile; else the browser's, the school's, the deployment's.

    It is one that the editor has. Who chose another on the editor's own page of their account has
    that first: Wagtail sees to it in its views, but not where it refuses them.
    """
    school = current_school()
    chosen = getattr(request.user, "wagtail_userprofile", None)
    asked = (
        chosen.preferred_language if chosen else "",
        user_of(request).profile.language if request.user.is_authenticated else "",
        language_of_request(request),
        school.language if school else "",
    )
    there = {code for code, _ in get_available_admin_languages()}
    return next((code for code in asked if code in there), settings.LANGUAGE_CODE)
