"""The lists of pages in the admin, without filters that would name other schools' people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.generic import View
from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from lyceum.content.admin.publication import (
    CheckedCreateView,
    CheckedEditView,
    CheckedRevertView,
)
from lyceum.content.models import BasePage
from lyceum.kernel.whole import whole


class OwnPagesFilterSet(GenericPageFilterSet):
    """Wagtail offers everyone who ever owned or edited a page, and every site, to choose from."""

    owner = None
    edited_by = None
    site = None


class SchoolPageViewSet(PageViewSet):
    """Every page type's views in the admin: what one changes it changes whole, its log included."""

    model = BasePage
    filterset_class = OwnPagesFilterSet
    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    revisions_revert_view_class = CheckedRevertView

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Callable[..., HttpResponse]:
        return whole(super().construct_view(view_class, **kwargs))
