"""Plugins in tests: switched on and off as a school's manager does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lyceum.kernel.clock import now
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool, school_by_id
from lyceum.schools.plugins.settings import save_settings
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from lyceum.testing.people import a_school


def a_school_with(plugin: str, slug: str | None = None, **settings: Any) -> CurrentSchool:
    """Make a school in which a plugin is in force, with what it requires."""
    school = a_school(slug)
    if settings:
        school = set_up(plugin, school, **settings)
    return _switched_on(school, plugin)


def switch_on(slug: str, school: CurrentSchool) -> CurrentSchool:
    """Switch a plugin on; return the school as it is then."""
    return enable_plugin(actor=None, school=school, slug=slug, at=now())


def switch_off(slug: str, school: CurrentSchool) -> CurrentSchool:
    """Switch a plugin off; return the school as it is then."""
    return disable_plugin(actor=None, school=school, slug=slug, at=now())


def set_up(slug: str, school: CurrentSchool, **values: Any) -> CurrentSchool:
    """Save a plugin's settings, the others as they are by default; return the school."""
    secrets: Mapping[str, str | None] = {}
    save_settings(actor=None, school=school, slug=slug, values=values, secrets=secrets, at=now())
    return school_by_id(school.id)


def _switched_on(school: CurrentSchool, plugin: str) -> CurrentSchool:
    for required in host.plugins[plugin].told.requires:
        school = _switched_on(school, required)
    return switch_on(plugin, school)
