"""The editor as a person of a school meets it: on the school's own host, signed in."""

import pytest
from django.test import Client


@pytest.fixture
def editor_of():
    """Return a browser that is signed in as a person, on a school's host."""

    def open_browser(person, school):
        browser = Client(headers={"host": school.host})
        browser.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
        return browser

    return open_browser
