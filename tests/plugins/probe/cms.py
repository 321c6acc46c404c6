"""The probe in the admin: pages, a viewset, ways to them in the menu, and panels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html

from lyceum.plugin.cms import Admin, SchoolChooserViewSet, SchoolViewSet, ViewSet
from lyceum.plugin.http import school_of
from lyceum.plugin.settings import settings_of
from plugins.probe.models import Note

LOOK = "probe.look"

admin = Admin()


@admin.page("", name="index", permission=LOOK)
def index(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"The probe at {school_of(request).name}")


# Without its slash, which an address that is not there gets.
@admin.page("table.csv", name="table", permission=LOOK)
def table(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a,b\r\n", content_type="text/csv")


class WordsViewSet(ViewSet):
    """What Wagtail calls a viewset: several pages under one name."""

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.words, name="index"),
            path("first/", self.first, name="first"),
        ]

    def words(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"The first is at {self.get_url_name('first')}")

    def first(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse("probe")


class NotesViewSet(SchoolViewSet):
    """The school's notes."""

    model = Note
    form_fields = ("author", "text", "code", "written_at")
    list_display = ("text", "code", "author")
    list_filter = ("author",)
    list_export = ("text", "code")
    search_fields = ("text",)


admin.viewset(WordsViewSet("words"), permission=LOOK)
admin.viewset(NotesViewSet("notes"), permission=LOOK)
admin.viewset(
    SchoolChooserViewSet("choose-note", model=Note, form_fields=("author", "text", "written_at")),
    permission=LOOK,
)
admin.menu_item("Probe", to="index", permission=LOOK, icon="view")
admin.menu_item("Notes", to="notes:index", permission=LOOK)
admin.menu_item("Words of the probe", to="words:index", permission=LOOK)


@admin.panel(permission=LOOK)
def greeting(request: HttpRequest) -> str:
    told = settings_of(school_of(request), "probe").greeting
    return format_html("<section>The probe says {}</section>", told)


@admin.panel(permission=LOOK)
def a_broken_panel(request: HttpRequest) -> str:
    if settings_of(school_of(request), "probe").greeting == "broken":
        raise RuntimeError("The probe cannot draw this.")
    return "5 < 6"
