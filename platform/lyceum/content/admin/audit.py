"""The audit in the admin: who did what in the school, to be looked through and taken out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.paginator import WagtailPaginator
from wagtail.users.models import UserProfile

from lyceum.accounts.models import User
from lyceum.content.admin.audit_words import choices_of_actions, kind_of, words_of
from lyceum.content.admin.reports import SchoolReport, SchoolReportItem, harmless, report_addresses
from lyceum.events.models import AuditEntry
from lyceum.http.requests import school_of, user_of
from lyceum.schools import audit

app_name = "lyceum_audit"
PERMISSION = "audit.view"
INSTANT = timedelta(microseconds=1)
A_TIME = 500  # rows read at once for a file


class AuditMenuItem(SchoolReportItem):
    """The way to the audit, among the reports."""

    permission = PERMISSION


@dataclass(frozen=True)
class Change:
    """What became of a field; a personal or secret one has neither before nor after."""

    field: str
    before: str
    after: str
    told: str

    def __str__(self) -> str:
        return f"{self.field}: {self.told or f'{self.before} → {self.after}'}"


@dataclass(frozen=True)
class Line:
    """One row of the audit as the page and the files show it, in the reader's time zone."""

    entry: audit.EntryView
    at: datetime
    who: str
    what: str
    to: str
    changes: list[Change]

    @property
    def cells(self) -> dict[str, str]:
        """The row of a spreadsheet."""
        told = {
            "at": self.at.isoformat(timespec="seconds"),
            "who": self.who,
            "what": self.what,
            "to": self.to,
            "changes": "; ".join(map(str, self.changes)),
            "address": self.entry.address,
            "request_id": self.entry.request_id,
        }
        return {name: harmless(text) for name, text in told.items()}


class AuditFilterSet(WagtailFilterSet):
    """What of the audit is asked for. The view asks `audit_of` for it."""

    who = django_filters.CharFilter(label=_("Who did it"), max_length=200)
    action = django_filters.ChoiceFilter(label=_("What"), empty_label=_("Anything"))
    at = django_filters.DateFromToRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["action"].extra["choices"] = choices_of_actions(
            school_of(self.request).plugins
        )


class Pages(WagtailPaginator):
    """Calls what is listed by words that can be translated."""

    verbose_name = _("entry")
    verbose_name_plural = _("entries")


class AuditView(SchoolReport):
    """What was done in the school, the latest first. Nobody changes anything here."""

    page_title = _("Audit")
    header_icon = "history"
    filterset_class = AuditFilterSet
    index_url_name = "lyceum_audit:index"
    index_results_url_name = "lyceum_audit:index_results"
    results_template_name = "content/admin/audit_results.html"
    paginator_class = Pages
    file_name = "audit"
    list_export = ["at", "who", "what", "to", "changes", "address", "request_id"]
    export_headings = {
        "at": _("When"),
        "who": _("Who"),
        "what": _("What"),
        "to": _("To what"),
        "changes": _("Before and after"),
        "address": _("From where"),
        "request_id": _("Request"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.zone = zone_of(user_of(request))
        self.people: dict[str, str] = {}
        with timezone.override(self.zone):
            response = super().dispatch(request, *args, **kwargs)
            # Drawn here, where the dates that are asked for are the reader's days.
            return response.render() if hasattr(response, "render") else response

    def get_filtered_queryset(self) -> Any:
        if not self.filters.is_valid():
            return AuditEntry.objects.none()
        asked = self.filters.form.cleaned_data
        days = asked["at"]
        found = audit.audit_of(
            school_of(self.request),
            who=asked["who"],
            action=asked["action"],
            since=days.start if days else None,
            until=days.stop + INSTANT if days and days.stop else None,
        )
        return found.order_by(*audit.ORDER)

    def decorate_paginated_queryset(self, rows: Any) -> Any:
        # A file is read by and by, and not within the request.
        if self.is_export:
            return rows.iterator(A_TIME)
        return lines_of(rows, self.zone, audit.people_in(rows, school_of(self.request)))

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        if self.is_export:
            asked = {name: text for name, text in self.request.GET.items() if text}
            school, actor = school_of(self.request), user_of(self.request).uuid
            audit.tell_of_taking_out(actor=actor, school=school, asked=asked)
        response: HttpResponse = super().render_to_response(context, **kwargs)
        return response

    def to_row_dict(self, item: AuditEntry) -> dict[str, str]:
        person = str(item.changes.get("person", ""))
        if person not in self.people:
            found = audit.people_in([item], school_of(self.request))
            self.people[person] = found.get(person, person)
        return next(lines_of([item], self.zone, self.people)).cells


def lines_of(entries: Iterable[Any], zone: ZoneInfo, people: Mapping[str, str]) -> Iterator[Line]:
    """
    Yield rows that `audit_of` found as they are shown. No query.

    :param people: what those are called whom changes name, as `people_in` finds them
    """
    for entry in map(audit.entry_view, entries):
        yield Line(
            entry,
            at=entry.at.astimezone(zone),
            who=_called(entry.actor),
            what=words_of(entry.action),
            to=_told(entry.target),
            changes=[
                _change(field, people.get(str(told), told)) for field, told in entry.changes.items()
            ],
        )


def zone_of(user: User) -> ZoneInfo:
    """Return the time zone in which a person reads: that set in the editor, else their own."""
    set_here = UserProfile.objects.filter(user=user).values_list("current_time_zone", flat=True)
    return ZoneInfo(set_here.first() or user.profile.time_zone)


def _called(who: audit.Doer | None) -> str:
    if who is None:
        return gettext("The house")
    return who.name or gettext("Somebody who is not of the school")


def _told(target: audit.Target | None) -> str:
    if target is None:
        return ""
    kind, _colon, name = target.type.partition(":")
    return " ".join(filter(None, [kind_of(kind), name, target.name]))


def _change(field: str, told: Any) -> Change:
    name = field.replace("_", " ")
    if isinstance(told, list) and len(told) == 2:
        return Change(name, _text(told[0]), _text(told[1]), "")
    # Personal and secret fields are there by this word alone.
    text = gettext("changed") if told == "changed" else _text(told)
    # The type of a page by its name: pages call themselves by it.
    return Change(name, "", "", gettext(text) if field == "type" and text else text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


urlpatterns = report_addresses(AuditView, PERMISSION)
