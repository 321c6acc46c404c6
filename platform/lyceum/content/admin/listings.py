"""The lists of pages in the admin, without filters that would name other schools' people."""

from __future__ import annotations

from wagtail.admin.views.pages.listing import GenericPageFilterSet
from wagtail.admin.viewsets.pages import PageViewSet

from lyceum.content.models import BasePage


class OwnPagesFilterSet(GenericPageFilterSet):
    """Wagtail offers everyone who ever owned or edited a page, and every site, to choose from."""

    owner = None
    edited_by = None
    site = None


class SchoolPageViewSet(PageViewSet):
    """Every page type's views in the admin."""

    model = BasePage
    filterset_class = OwnPagesFilterSet
