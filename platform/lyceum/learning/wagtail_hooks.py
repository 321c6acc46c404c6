"""Where the Wagtail admin asks this room: its addresses, and its report among the others."""

from __future__ import annotations

from typing import Any

from django.urls import include, path, reverse_lazy
from wagtail import hooks

from lyceum.learning.admin import difficulty


@hooks.register("register_admin_urls")
def report_addresses() -> list[Any]:
    return [path("exercises/figures/", include(difficulty, namespace=difficulty.app_name))]


@hooks.register("register_reports_menu_item")
def exercises_that_many_get_wrong() -> difficulty.DifficultyMenuItem:
    return difficulty.DifficultyMenuItem(
        difficulty.TITLE, reverse_lazy(f"{difficulty.app_name}:index"), icon_name="help", order=60
    )
