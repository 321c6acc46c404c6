"""The front page of a host says where one is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.people import a_school

pytestmark = pytest.mark.django_db


def test_a_neutral_host_lists_the_schools_that_wish_to_be_found() -> None:
    a_school("toto", listed=True)
    a_school("campus", listed=False)

    page = Client().get("/").content.decode()

    assert "//toto.test/" in page
    assert "campus" not in page


def test_a_neutral_host_has_no_page_of_a_school() -> None:
    a_school("toto")

    for path in ("/learn/english", "/sign-in", "/service-worker.js", "/manifest.webmanifest"):
        assert Client().get(path).status_code == 404
