"""Which page types a school has in its editor, and what becomes of pages of those it has not."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models.pages import PagePermissionTester

from lyceum.content.exercises.kinds import school_in_question
from lyceum.kernel.plugins.host import host


def offered_below(model: type[Any]) -> list[type[Any]]:
    """Return the page models of plugins that the request's school has below a page model."""
    from lyceum.content.page_types import plugin_pages

    school = school_in_question()
    return [
        page
        for page in plugin_pages
        if (school is None or page._meta.app_label in school.plugins)
        and model in page.clean_parent_page_models()
    ]


def absent_plugin(content_type_id: int) -> str:
    """
    Return whose a page type is that the request's school has not; "" of one that it has.

    Of a type whose code is broken or gone, the plugin's slug is left.
    """
    type_ = ContentType.objects.get_for_id(content_type_id)
    model: Any = type_.model_class()
    if model is None:
        return type_.app_label
    from lyceum.content.page_types import plugin_pages

    school = school_in_question()
    is_off = school is not None and type_.app_label not in school.plugins
    return type_.app_label if model._meta.label_lower in plugin_pages and is_off else ""


def is_type_of_absent_plugin(app_label: str) -> bool:
    """Return whether an app is a plugin that the request's school has not."""
    school = school_in_question()
    return school is not None and app_label in host.plugins and app_label not in school.plugins


class SchoolPagePermissionTester(PagePermissionTester):
    """What one may do to a page: no page comes into being of a type that the school has not."""

    def can_copy_to(self, destination: Any, recursive: bool = False) -> bool:
        pages = self.page.get_descendants(inclusive=True) if recursive else [self.page]
        if any(absent_plugin(page.content_type_id) for page in pages):
            return False
        return bool(super().can_copy_to(destination, recursive))
