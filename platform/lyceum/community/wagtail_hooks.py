"""Where the Wagtail admin asks this room: its addresses, and its place in the menu."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from lyceum.community.admin import queue


@hooks.register("register_admin_urls")
def moderation_addresses() -> list[Any]:
    return [path("moderation/", include(queue, namespace=queue.app_name))]


@hooks.register("register_admin_menu_item")
def moderation_of_the_school() -> queue.ModerationMenuItem:
    return queue.ModerationMenuItem(
        _("Moderation"), reverse_lazy(f"{queue.app_name}:queue"), icon_name="warning", order=695
    )
