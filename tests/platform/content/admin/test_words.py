"""The editor's pages as a creator and a manager meet them in Arabic and in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from deploy.management.commands.words import folders_with_words
from lyceum.accounts.models import Profile
from lyceum.kernel.catalogues.finding import find_texts
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.switching import enable_plugin
from tests.pages import a_category, a_course, a_lesson, an_exercise
from tests.people import a_member, a_school, proved, signed_in

pytestmark = pytest.mark.django_db

# Names, codes (plugins' short names too), what English shares with other languages; and what
# Wagtail's own lists of files say in English whatever the language.
SAME = re.compile(r"^(PDF|Audio|No|no|Error|Host|[A-Z0-9]+|Actions|moments|None)$")


class Texts(HTMLParser):
    """What of a page is read: its texts, and those of attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._within.append(tag)
        read_out = ("aria-label", "title", "placeholder", "alt")
        self.found |= {value.strip() for name, value in attrs if value and name in read_out}

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if not self._within:
            self.found.add(" ".join(data.split()))


def ours() -> set[str]:
    """Return every text of ours that can be looked for as it stands."""
    return {
        " ".join(one.split())
        for folder in folders_with_words(settings.ROOT)
        for _context, one, _many in find_texts(folder)
        if "%(" not in one and not SAME.fullmatch(one)
    }


def english_of(page: str) -> set[str]:
    texts = Texts()
    texts.feed(page)
    return texts.found & ours()


@pytest.fixture
def toto() -> CurrentSchool:
    school = a_school("toto", languages=["en", "es", "ar"])
    for plugin in ("badges", "moments"):
        enable_plugin(actor=None, school=school, slug=plugin, at=now())
    return school


def addresses_of_creators(school: CurrentSchool) -> Iterator[str]:
    lesson = a_lesson(school, title="L")
    exercise = an_exercise(lesson, title="E")
    yield from ("/admin/", "/admin/pages/", "/admin/account/", "/admin/view-as/")
    for page in (a_category(school, title="C"), lesson, exercise, a_course(school, title="W")):
        yield reverse("wagtailadmin_pages:edit", args=[page.pk])
    yield reverse("wagtailadmin_pages:add_subpage", args=[lesson.pk])
    yield from ("/admin/images/", "/admin/documents/", "/admin/media/")


def addresses_of_managers(school: CurrentSchool) -> Iterator[str]:
    yield from ("/admin/", "/admin/plugins/", "/admin/children/", "/admin/children/add/")
    yield from ("/admin/plugins/badges/", "/admin/plugins/badges/new/", "/admin/privacy/")
    yield from (f"/admin/plugins/of/{slug}/settings/" for slug in ("badges", "moments"))
    yield "/admin/plugins/of/badges/data/"
    yield from ("/admin/moderation/", "/admin/moderation/bin/", "/admin/moderation/filters/")
    yield from ("/admin/audit/", reverse("schools:edit", args=[school.id]))


def walked(client: Client, addresses: Iterator[str], language: str) -> dict[str, set[str]]:
    """Return the English found on each page, which all must be in the language."""
    found = {}
    for address in addresses:
        answer = client.get(address, follow=True)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert f'lang="{language}"' in page, address
        assert ('dir="rtl"' in page[: page.index("<body")]) is (language == "ar"), address
        if english := english_of(page):
            found[address] = english
    return found


@pytest.mark.parametrize("language", ["ar", "es"])
def test_a_creator_and_an_admin_read_no_english_of_ours(toto: CurrentSchool, language: str) -> None:
    for role, addresses in (
        ("content_creator", addresses_of_creators(toto)),
        ("admin", addresses_of_managers(toto)),
    ):
        person = a_member(toto, role, first_name="Ñ", last_name="Ñ")
        Profile.objects.filter(user=person).update(language=language)
        client = proved(signed_in(person, "toto"))

        assert walked(client, addresses, language) == {}, (
            "These are not marked, or said in English before the reader is known (gettext where "
            "gettext_lazy is needed)."
        )
