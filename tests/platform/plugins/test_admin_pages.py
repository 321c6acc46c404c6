"""A plugin's pages, menu items and panels in the admin: there where it is in force, for who may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from lyceum.content.admin.plugin_pages import Admin
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart
from lyceum.plugin.cms import SchoolViewSet, ViewSet
from lyceum.schools.current import CurrentSchool
from lyceum.schools.models import PluginFailure
from lyceum.testing.plugins import a_school_with
from plugins.keeper.models import Folder
from tests.people import a_member, a_person, a_school, signed_in

pytestmark = pytest.mark.django_db

HOME = "/admin/"
PAGES = ("", "table.csv", "words/", "words/first/")


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school_with("probe", "toto")


def pages_for(client: Client) -> list[int]:
    return [client.get(f"/admin/plugins/probe/{page}").status_code for page in PAGES]


def test_its_pages_are_there_for_those_who_have_its_right(toto: CurrentSchool) -> None:
    teacher, creator = (
        signed_in(a_member(toto, role), "toto") for role in ("teacher", "content_creator")
    )

    assert pages_for(teacher) == [200] * 4
    assert teacher.get("/admin/plugins/probe/").content == b"The probe at Toto"
    assert b"plugin_probe:words:first" in teacher.get("/admin/plugins/probe/words/").content
    assert pages_for(creator) == [404] * 4
    assert pages_for(signed_in(a_person(is_superuser=True), "toto")) == [200] * 4
    assert pages_for(Client(headers={"host": "toto.test"})) == [302] * 4, "to log in"


def test_who_lacks_its_right_is_answered_as_where_it_never_was(toto: CurrentSchool) -> None:
    creator = signed_in(a_member(toto, "content_creator"), "toto")

    for page in ("", "words/"):
        there = creator.get(f"/admin/plugins/probe/{page}")
        nowhere = creator.get(f"/admin/plugins/nobody/{page}")
        assert (there.status_code, there.content) == (404, nowhere.content)


def test_its_menu_items_and_panels_are_shown_to_those_who_have_its_right(
    toto: CurrentSchool,
) -> None:
    shown = {
        role: signed_in(a_member(toto, role), "toto").get(HOME).content.decode()
        for role in ("teacher", "content_creator")
    }

    assert "/admin/plugins/probe/words/" in shown["teacher"]
    assert "The probe says Hello" in shown["teacher"]
    assert "5 &lt; 6" in shown["teacher"], "text is escaped"
    assert "probe" not in shown["content_creator"].lower()


def test_where_it_is_off_there_is_nothing_of_it(toto: CurrentSchool) -> None:
    other = a_school("other")

    for person in (a_member(other, "manager"), a_person(is_superuser=True)):
        client = signed_in(person, "other")
        assert "probe" not in client.get(HOME).content.decode().lower()
        assert pages_for(client)[2:] == [404] * 2


def test_a_panel_that_breaks_costs_itself_alone_and_is_noted() -> None:
    a_school_with("probe", "toto", greeting="broken")
    school_home = signed_in(a_person(is_superuser=True), "toto").get(HOME)

    assert school_home.status_code == 200
    assert "The probe says broken" in school_home.content.decode()
    assert "5 &lt; 6" not in school_home.content.decode()
    assert PluginFailure.objects.get().hook == "admin panel"


class WideForm(forms.Form):
    """A form that asks for what is nobody's."""

    authors = forms.ModelChoiceField(Group.objects.all())


class Folders(ViewSet):
    """Rows of a school, shown by a viewset that knows of none."""

    model = Folder

    def get_urlpatterns(self) -> list[Any]:
        return [path("<int:pk>/", lambda request, pk: HttpResponse(), name="edit")]


@contextmanager
def refused(told: str, admin: object) -> Iterator[None]:
    """Check a `cms.py` that holds `admin`; it must be refused with these words."""
    module = type("cms", (), {"admin": admin})
    part = next(each for name, each in parts.items() if name == "admin")
    yield
    with pytest.raises(BadPart, match=told):
        part.check(host.plugins["probe"], module)  # type: ignore[arg-type]


def test_what_cannot_be_mounted_is_refused_when_the_plugin_loads() -> None:
    with refused("needs an `admin`", "no admin"):
        pass
    with refused("no permission 'probe.fly'", strange := Admin()):
        strange.page("", name="index", permission="probe.fly")(lambda request: None)  # type: ignore[arg-type,return-value]
    with refused("is no page", leading := Admin()):
        leading.menu_item("Away", to="nowhere", permission="probe.look")
    with refused("build it on SchoolViewSet", loose := Admin()):
        loose.viewset(Folders("folders"), permission="probe.look")
    with refused("'authors' would offer every school's rows", wide := Admin()):
        wide.viewset(
            SchoolViewSet("wide", model=Folder, get_form_class=lambda for_update=False: WideForm),
            permission="probe.look",
        )
    with refused("the same name", double := Admin()):
        for route in ("a/", "b/"):
            double.page(route, name="a", permission="probe.look")(lambda request: None)  # type: ignore[arg-type,return-value]
