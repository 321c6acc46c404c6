"""In which language the editor speaks: the reader's own, before the browser's and the school's."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.users.models import UserProfile

from lyceum.accounts.models import Profile
from tests.pages import a_category
from tests.people import a_member, a_school, signed_in

pytestmark = pytest.mark.django_db


def speaks(client: Client, address: str = "/admin/", **headers: str) -> str:
    page = client.get(address, headers=headers, follow=True).content.decode()
    return page[page.index(' lang="') :].split('"')[1]


def test_a_persons_own_language_is_the_editors() -> None:
    school = a_school("toto", languages=["en", "es"])
    creator = a_member(school, "content_creator")
    client = signed_in(creator, "toto")

    assert speaks(client) == "en"
    assert speaks(client, accept_language="es-MX") == "es"
    Profile.objects.filter(user=creator).update(language="ar")
    assert speaks(client, accept_language="es-MX") == "ar"
    Profile.objects.filter(user=creator).update(language="tr")
    assert speaks(client) == "en", "one that the editor has"


def test_who_is_to_sign_in_is_asked_in_the_schools_language() -> None:
    a_school("hola", languages=["es", "en"])
    client = Client(headers={"host": "hola.test"})

    assert speaks(client) == "es"
    assert speaks(client, accept_language="ar") == "ar"


def test_a_refusal_is_told_in_the_language_chosen_in_the_editor() -> None:
    school = a_school("toto")
    creator = a_member(school, "content_creator")
    UserProfile.objects.create(user=creator, preferred_language="es")
    page = a_category(school)

    told = signed_in(creator, "toto").get(f"/admin/pages/{page.pk}/delete/", follow=True)

    assert "no tienes permiso" in " ".join(map(str, told.context["messages"])).lower()
