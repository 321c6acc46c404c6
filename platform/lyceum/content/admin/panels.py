"""The editor's tabs: one for what is the same in every language, and one for each language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.api import APIField

from lyceum.content.admin.forms import SchoolPageForm

# A field without its language; those of plugins beside these are called by their names.
HEADINGS = {
    "title": _("Title"),
    "description": _("Description"),
    "objectives": _("Objectives"),
    "body": _("Body"),
    "instructions": _("Instructions"),
    "hints": _("Hints"),
    "explanation": _("Explanation"),
}


class SchoolTitlePanel(TitleFieldPanel):
    """A title in one language. The address follows the one in the school's own language."""

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Any]:
            school = getattr(self.form, "school", None)
            own = school.language if school else settings.LANGUAGE_CODE
            if self.field_name != f"title_{own}":
                return {}
            attrs: dict[str, Any] = super().get_attrs()
            return attrs


def translated_panels(
    *,
    heading: str | Promise,
    shared: Sequence[Panel | str],
    translated: Sequence[str],
    form: type[SchoolPageForm] = SchoolPageForm,
) -> TabbedInterface:
    """
    Return a page type's edit handler.

    The first tab holds the fields without language, then comes a tab a language of the
    deployment, of which the form keeps those that the page's school uses.

    :param translated: field names without language, in the order in which they are shown
    """
    tabs = [ObjectList(list(shared), heading=heading)]
    for code, name in settings.LANGUAGES:
        panels = [_panel(field, code) for field in translated]
        tabs.append(ObjectList(panels, heading=name, attrs={"lang": code}))
    tabs.append(ObjectList([FieldPanel("slug"), PublishingPanel()], heading=_("Settings")))
    return TabbedInterface(tabs, base_form_class=form)


def translated_fields(*names: str) -> list[APIField]:
    """Return what `/api/cms/` reads and writes of translated fields: each in every language."""
    return [
        APIField(f"{name}_{code}", writable=True)
        for name in names
        for code, _ in settings.LANGUAGES
    ]


def _panel(field: str, language: str) -> Panel:
    name = f"{field}_{language}"
    words = HEADINGS.get(field) or field.replace("_", " ").capitalize()
    options: dict[str, Any] = {"heading": words}
    if field == "title":
        return SchoolTitlePanel(name, placeholder=False, **options)
    return FieldPanel(name, **options)
