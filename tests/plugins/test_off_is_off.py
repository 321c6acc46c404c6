"""Every door of every plugin that there is: on in one school, off in another, both at once."""

from __future__ import annotations

import pytest
from django.test import Client

from lyceum.http.plugins import plugin_routers
from lyceum.kernel.plugins.host import host
from lyceum.testing import off
from lyceum.testing.off import assert_off_is_off
from tests.people import a_school

pytestmark = pytest.mark.django_db

PLUGINS = sorted(plugin.slug for plugin in host.loaded())


@pytest.mark.parametrize("plugin", PLUGINS)
def test_where_a_plugin_is_off_no_door_tells_that_it_exists(plugin: str) -> None:
    assert_off_is_off(plugin)


def test_no_plugin_is_left_out() -> None:
    assert {"probe", *plugin_routers} <= set(PLUGINS)


def test_an_address_that_tells_of_a_plugin_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk finds what it is there to find: here, another answer for the plugin's slug."""
    school = a_school()
    monkeypatch.setattr(off, "_elsewhere", lambda plugin, path: "/api/v1/school")
    asked = [("GET", "/api/v1/probe/echo", "")]

    with pytest.raises(AssertionError, match="tells of probe"):
        off._compare("probe", Client(headers={"host": school.host}), "nobody", asked=asked)
