"""What content types add to the admin."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from content_types.admin.addresses import READ_LIST, SEE_TASK, TRY_ANSWER
from content_types.admin.answer_panel import try_answer
from content_types.admin.pasting import read_list
from content_types.admin.task_preview import see_task


@hooks.register("register_admin_urls")
def panels_of_exercises() -> list[URLPattern]:
    return [
        path("exercises/try-answer/", try_answer, name=TRY_ANSWER),
        path("exercises/see-task/", see_task, name=SEE_TASK),
        path("exercises/read-list/", read_list, name=READ_LIST),
    ]
