"""Schools for the tests of plugins: with a plugin switched on, and set up."""

from __future__ import annotations

from typing import Any

from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.settings import save_settings
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin
from tests.people import a_school


def a_school_with(plugin: str, slug: str | None = None, **settings: Any) -> CurrentSchool:
    """Make a school in which a plugin is in force, with settings of its own if any are named."""
    school = enable_plugin(actor=None, school=a_school(slug), slug=plugin, at=now())
    return set_up(school, plugin, **settings) if settings else school


def set_up(school: CurrentSchool, plugin: str, **settings: Any) -> CurrentSchool:
    """Set a plugin's settings at a school; return the school as it is from then on."""
    save_settings(actor=None, school=school, slug=plugin, values=settings, secrets={}, at=now())
    return school_now(school)


def switched_off(school: CurrentSchool, plugin: str) -> CurrentSchool:
    return disable_plugin(actor=None, school=school, slug=plugin, at=now())


def school_now(school: CurrentSchool) -> CurrentSchool:
    from lyceum.schools.current import school_by_slug

    return school_by_slug(school.slug)
