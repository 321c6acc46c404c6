"""The base of every page type: what all content has, on one table, so that lists read one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.models.pages import AbstractPage, AbstractPageMeta, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from lyceum.content.admin.panels import translated_fields, translated_panels
from lyceum.content.confinement import ConfinedPages
from lyceum.content.page_doors import (
    SchoolPagePermissionTester,
    absent_plugin,
    offered_below,
)
from lyceum.content.page_rules import check_page
from lyceum.content.sorting import SchoolPart, last_change
from lyceum.kernel.clock import now
from lyceum.kernel.identity import new_uuid
from lyceum.schools.scope import current_school

if TYPE_CHECKING:
    from lyceum.content.visibility import Reader

MIXED = "MIXED"


class PagesQuerySet(PageQuerySet):
    def visible_to(self, reader: Reader) -> Self:
        """Return those of the pages that a reader may read."""
        from lyceum.content.visibility import narrow

        return narrow(self, reader)

    def published(self) -> Self:
        """Return those of the pages that are published, as is all above them."""
        from lyceum.content.visibility import published

        return published(self)


class OwnPages(ConfinedPages, PageManager.from_queryset(PagesQuerySet, "AllPages")):  # type: ignore[misc]
    """Pages, held to one school while its editor is at work."""


Pages: Any = OwnPages


class BasePage(AbstractPage):
    """
    A page of any type. The order among siblings is the tree's own (`path`).

    `uuid` is the page's name to the outside. Title and description are translated.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    description = models.TextField(blank=True, max_length=2000)
    level = models.CharField(max_length=10, blank=True)
    tags = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Pages()

    takes_pages_of_plugins = False
    exclude_fields_in_copy = ["uuid"]
    # What is found can be ordered by its title, which has a column a language.
    search_fields = [
        *AbstractPage.search_fields,
        *(index.FilterField(f"title_{code}") for code, _ in settings.LANGUAGES),
    ]
    # Who may read is asked of the school's catalogue; Wagtail's privacy would be obeyed by nobody.
    private_page_options: list[str] = []
    # Wagtail's search is told by `lyceum.content.indexing`, which can tell it of many at once.
    search_auto_update = False
    api_fields = [
        APIField("uuid"),
        APIField("level", writable=True),
        APIField("tags", writable=True),
        *translated_fields("title", "description"),
    ]

    class Meta(AbstractPageMeta):
        indexes = [
            models.Index(fields=["content_type", "path"], name="page_by_type_and_path"),
            models.Index(
                *(SchoolPart("path"), models.F("content_type"), models.F("created_at")),
                models.F("path"),
                name="page_by_creation",
            ),
            models.Index(
                *(SchoolPart("path"), models.F("content_type"), last_change()),
                models.F("path"),
                name="page_by_change",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        check_page(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and self.specific_class is None:
            # Its plugin's code is gone: to see whether its slug changed, Wagtail would ask it.
            kept = {"id", "slug"}
            names = {field.name for field in self._meta.local_concrete_fields} - kept
            kwargs["update_fields"] = names & set(kwargs.get("update_fields") or names)
        super().save(*args, **kwargs)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        from lyceum.content.publication.readiness import keep_readiness

        with transaction.atomic():
            revision = super().save_revision(*args, **kwargs)
            keep_readiness(self)
        return revision

    @classmethod
    def clean_subpage_models(cls) -> list[type[Any]]:
        own: list[type[Any]] = super().clean_subpage_models()
        return [*own, *offered_below(cls)] if cls.takes_pages_of_plugins else own

    def permissions_for_user(self, user: Any) -> SchoolPagePermissionTester:
        return SchoolPagePermissionTester(user, self)

    def get_admin_display_title(self) -> str:
        title: str = super().get_admin_display_title()
        plugin = absent_plugin(self.content_type_id) if self.content_type_id else ""
        return f"{title} ({gettext('its plugin is off')}: {plugin})" if plugin else title

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """The languages of the school, its own first: a page is previewed in each."""
        school = current_school()
        spoken = school.languages if school else (settings.LANGUAGE_CODE,)
        first = school.language if school else settings.LANGUAGE_CODE
        names = dict(settings.LANGUAGES)
        return [(code, names[code]) for code in sorted(spoken, key=lambda code: code != first)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        # What renders a page reads this package's tables, so it cannot be imported with them.
        from lyceum.content.preview.services import make_preview

        token = make_preview(page=self, actor=request.user, at=now())  # type: ignore[arg-type]
        return redirect(f"/preview?{urlencode({'token': token, 'lang': mode_name})}")


class SchoolPage(BasePage):
    """The root of a school's tree. Made with the school; never moved, copied or deleted."""

    parent_page_types: list[str] = []
    takes_pages_of_plugins = True
    is_creatable = False
    max_count_per_parent = 0

    edit_handler = translated_panels(
        heading=_("School"), shared=[], translated=["title", "description"]
    )

    class Meta:
        verbose_name = _("school")
