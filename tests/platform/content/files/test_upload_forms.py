"""The libraries' forms tell the browser what is taken, wherever a file is put in."""

import html
import json
import re

import pytest
from django.test import Client

from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db


def fields_for_files(browser, address):
    """Return the fields of a page that take files: the endings, the most bytes and the words."""
    page = browser.get(f"/admin/{address}")
    assert page.status_code == 200, address
    found = re.findall(r'<input type="file"[^>]*>', page.content.decode())
    told = [dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in found]
    return [
        (
            tag["accept"],
            int(tag["data-upload-most"]),
            json.loads(html.unescape(tag["data-upload-words"])),
        )
        for tag in told
    ]


def test_every_field_says_what_it_takes_and_what_is_said_of_anything_else():
    school, other = a_school(), a_school()
    browser = Client(headers={"host": school.host})
    backend = "lyceum.accounts.backends.AuthenticationBackend"
    browser.force_login(a_member(school, "content_creator"), backend=backend)

    sound, captions = fields_for_files(browser, "media/audio/add/")
    film, _captions = fields_for_files(browser, "media/video/add/")
    (image,) = fields_for_files(browser, "images/add/")
    (document,) = fields_for_files(browser, "documents/add/")

    assert sound[:2] == (".mp3,.ogg,.m4a,.wav,.webm", 50_000_000)
    assert sound[2]["large"] == "The file is larger than 50 MB."
    assert "These are: .mp3, .ogg" in sound[2]["wrong"]
    assert [each[:2] for each in (captions, film, document)] == [
        (".vtt", 1_000_000),
        (".mp4,.webm", 500_000_000),
        (".pdf", 20_000_000),
    ]
    assert image[1] == 10_000_000
    many = browser.get("/admin/documents/multiple/add/").content.decode()
    assert 'data-max-file-size="20000000"' in many
    stranger = Client(headers={"host": school.host})
    stranger.force_login(a_member(other, "manager"), backend=backend)
    assert stranger.get("/admin/media/audio/add/").status_code == 302
