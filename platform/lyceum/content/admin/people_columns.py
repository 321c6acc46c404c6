"""Columns of the list of a school's people."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from wagtail.admin.ui.tables import ButtonsColumnMixin, StatusTagColumn, TitleColumn
from wagtail.admin.widgets.button import ListingButton

from lyceum.content.admin.people_forms import STATUSES
from lyceum.schools.models import Membership

BULK = "wagtail_bulk_action"


class NameColumn(ButtonsColumnMixin, TitleColumn):
    """A person's name, which leads to their page, and what can be done with who waits."""

    cell_template_name = "content/admin/person_cell.html"

    def __init__(self, *args: Any, may_change: bool, **kwargs: Any) -> None:
        super().__init__(
            *args,
            get_url=_page_of if may_change else None,
            get_title_id=lambda member: f"membership_{member.pk}_title",
            **kwargs,
        )
        self.may_change = may_change

    def get_buttons(self, instance: Any, parent_context: Any) -> list[ListingButton]:
        if not self.may_change or instance.status != Membership.Status.PENDING:
            return []
        back = parent_context["request"].get_full_path()
        if "/results/" in back:
            back = reverse("lyceum_people:index")
        return [
            _button(instance, "let_in", gettext("Let in"), back, 1),
            _button(instance, "refuse", gettext("Refuse"), back, 2),
        ]


class StatusColumn(StatusTagColumn):
    """Where a membership stands, in words; who waits is set off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args,
            accessor=lambda member: STATUSES[member.status],
            primary=lambda member: member.status == Membership.Status.PENDING,
            **kwargs,
        )


def _page_of(member: Membership) -> str:
    return reverse("lyceum_people:change", args=[member.uuid])


def _button(member: Membership, deed: str, label: str, back: str, priority: int) -> ListingButton:
    way = reverse(BULK, args=["schools", "membership", deed])
    asked = urlencode({"id": str(member.pk), "next": back})
    whom = {"aria-label": f"{label}: {member.user}"}
    return ListingButton(label, f"{way}?{asked}", attrs=whom, priority=priority)
