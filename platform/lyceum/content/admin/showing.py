"""A page of the house in the editor: its title, said once, and the way that leads to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext

Words = str | Promise


def show_page(
    request: HttpRequest,
    template: str,
    values: Mapping[str, Any] | None = None,
    *,
    title: Words,
    icon: str = "",
    above: Sequence[tuple[str, Words]] = (),
) -> HttpResponse:
    """
    Answer a page whose template extends `wagtailadmin/generic/base.html`.

    Its title is the last of the way that is shown, the heading, and the browser's: the template
    needs none of its own.

    :param above: the pages between the first one and this one, each an address and a title
    """
    trail = [(reverse("wagtailadmin_home"), gettext("Home")), *above, ("", title)]
    shown = {
        "breadcrumbs_items": [{"url": url, "label": label} for url, label in trail],
        "header_title": title,
        "header_icon": icon,
    }
    return render(request, template, {**shown, **(values or {})})
