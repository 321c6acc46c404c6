"""What a page lacks, in its editor: a list beside the form, each line leading to its field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView

from lyceum.content.publication.remarks import Remark, errors_of, remarks_on

MOST_TOLD = 5


class RemarksSidePanel(BaseSidePanel):
    """The checks before publication, of the page as it was saved last."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Toggle checks before publication")
        icon_name = "clipboard-list"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.remarks)
            return context

        @property
        def counter_classname(self) -> str:
            refused = any(remark.refuses for remark in self.panel.remarks)
            return "w-bg-critical-200" if refused else ""

    name = "before-publication"
    title = gettext_lazy("Before publication")
    template_name = "content/admin/remarks_panel.html"
    order = 340

    def __init__(self, page: Any, request: HttpRequest) -> None:
        super().__init__(page, request)
        self.remarks = remarks_on(page)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        errors = [remark for remark in self.remarks if remark.refuses]
        warnings = [remark for remark in self.remarks if not remark.refuses]
        return {**context, "errors": errors, "warnings": warnings, "count": len(self.remarks)}


class Checked:
    """Adds the checks to a view that writes a page; made anew whenever a draft is saved."""

    page: Any
    request: HttpRequest

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        return MediaContainer([*panels, RemarksSidePanel(self.page, self.request)])


class CheckedCreateView(Checked, CreateView):
    """A page that is begun."""


class CheckedEditView(Checked, EditView):
    """A page that is written, or looked at by its reviewer."""


class CheckedRevertView(Checked, RevisionsRevertView):
    """An earlier version of a page, to be brought back."""


def check_before_publication(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Return the way back to a page's editor, where something is to be mended; its draft stays."""
    if errors := errors_of(page):
        return lead_to_remarks(request, page, errors)
    return None


def lead_to_remarks(request: HttpRequest, page: Any, remarks: Sequence[Remark]) -> HttpResponse:
    """Say why a page was not published, and lead to its editor."""
    told = ngettext(
        "“%(title)s” is not published: there is something to mend first.",
        "“%(title)s” is not published: there are %(count)s things to mend first.",
        len(remarks),
    ) % {"title": page.get_admin_display_title(), "count": len(remarks)}
    links = format_html_join(
        "",
        '<li><a href="{}">{}</a></li>',
        ((r.address(page.pk), str(r)) for r in remarks[:MOST_TOLD]),
    )
    more = _("And more: see “Before publication”.") if len(remarks) > MOST_TOLD else ""
    messages.error(request, format_html("{}<ul>{}</ul>{}", told, links, more))
    return redirect("wagtailadmin_pages:edit", page.pk)
