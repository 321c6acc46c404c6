"""What content types add to the admin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static

from content_types.admin.addresses import READ_LIST, SEE_TASK, TRY_ANSWER
from content_types.admin.answer_panel import try_answer
from content_types.admin.copying import copy_of_exercise
from content_types.admin.pasting import read_list
from content_types.admin.task_preview import see_task
from lyceum.plugin.pages import BasePage


@hooks.register("register_admin_urls")
def panels_of_exercises() -> list[URLPattern]:
    return [
        path("exercises/try-answer/", try_answer, name=TRY_ANSWER),
        path("exercises/see-task/", see_task, name=SEE_TASK),
        path("exercises/read-list/", read_list, name=READ_LIST),
    ]


@hooks.register("insert_editor_js")
def rows_that_are_deleted() -> SafeString:
    address = versioned_static("content_types/deleted_rows.js")
    return format_html('<script src="{}"></script>', address)


@hooks.register("before_copy_page")
def copy_into_a_lesson(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    return copy_of_exercise(request, page)
