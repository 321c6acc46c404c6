"""What content types add to the admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from content_types.admin.answer_panel import URL_NAME, try_answer


@hooks.register("register_admin_urls")
def answer_trials() -> list[URLPattern]:
    return [path("exercises/try-answer/", try_answer, name=URL_NAME)]
