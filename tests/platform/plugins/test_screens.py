"""The files of a plugin's `web/`: served where it is in force, and nothing beside them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from lyceum.http.screens import plugin_files
from lyceum.kernel.plugins.host import host, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import CurrentSchool
from lyceum.testing.plugins import a_school_with, switch_off
from tests.people import a_school

pytestmark = pytest.mark.django_db

WEB = "/_plugins/probe/1.0.0"


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school_with("probe", "toto")


@pytest.fixture
def reader(toto: CurrentSchool) -> Client:
    return Client(headers={"host": "toto.test"})


def test_a_front_end_finds_the_screens_of_what_is_in_force_and_loads_them_as_modules(
    reader: Client,
) -> None:
    told = reader.get("/api/v1/school").json()["plugins"]
    answer = reader.get(told[0]["web"])

    assert [(each["slug"], each["version"], each["web"]) for each in told] == [
        ("probe", "1.0.0", f"{WEB}/index.js")
    ]
    assert answer.status_code == 200
    # What a browser asks of a module: its type, and that nobody guesses another.
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    assert "export function register(app)" in answer.content.decode()
    assert told[0]["languages"] == ["en"]
    assert reader.get(f"{WEB}/parts/label.js").status_code == 200
    assert reader.get(f"{WEB}/probe.css")["Content-Type"] == "text/css; charset=utf-8"


def test_it_is_asked_about_each_time_and_sent_once(reader: Client) -> None:
    first = reader.get(f"{WEB}/index.js")
    again = reader.get(f"{WEB}/index.js", headers={"if-none-match": first["ETag"]})
    head = reader.head(f"{WEB}/index.js")

    assert first["Cache-Control"] == again["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


@pytest.mark.parametrize(
    "file",
    [
        *("", "absent.js", "parts", "parts/", "INDEX.JS", "index.js/", "./index.js", "\0"),
        *("../plugin.toml", "..%2fplugin.toml", "%2e%2e/hooks.py", "parts/../../hooks.py"),
        *("..\\hooks.py", "/etc/passwd", "//etc/passwd", "parts//label.js", "index.js%00.css"),
    ],
)
def test_nothing_else_of_the_machine_is_served(reader: Client, file: str) -> None:
    answer = reader.get(f"{WEB}/{file}")

    assert answer.status_code == 404
    assert b"lyceum" not in answer.content


def test_another_version_is_not_there_and_nothing_can_be_sent_there(reader: Client) -> None:
    assert reader.get("/_plugins/probe/1.0.1/index.js").status_code == 404
    refused = reader.post(f"{WEB}/index.js")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_where_it_is_off_it_is_answered_as_what_never_was(
    toto: CurrentSchool, reader: Client
) -> None:
    a_school("other")
    switch_off("probe", toto)

    for client in (reader, Client(headers={"host": "other.test"})):
        for file in ("1.0.0/index.js", "1.0.0/absent.js", "", "9/x"):
            off = client.get(f"/_plugins/probe/{file}")
            assert off.status_code == 404
            assert off.content == client.get(f"/_plugins/nobody/{file}").content
        assert client.get("/api/v1/school").json()["plugins"] == []


def refusal_of(folder: Path) -> str:
    part = next(each for name, each in parts.items() if name == "screens")
    plugin = Plugin("probe", folder, "plugins.probe", "shelf", host.plugins["probe"].manifest)
    with pytest.raises(BadPart) as refused:
        part.check(plugin, None)
    return str(refused.value)


def test_a_folder_without_a_first_file_or_with_pages_is_refused(tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    assert "needs an index.js" in refusal_of(tmp_path)
    (web / "index.js").write_text("export function register() {}")
    (web / "page.html").write_text("<p>")
    assert "web/page.html" in refusal_of(tmp_path)


def test_what_only_seems_to_lie_in_the_folder_is_no_file_of_it(tmp_path: Path) -> None:
    web = tmp_path / "web"
    web.mkdir()
    (tmp_path / "secret.js").write_text("secret")
    (web / "index.js").symlink_to(tmp_path / "secret.js")
    assert "needs an index.js" in refusal_of(tmp_path)
    assert not any(name.startswith((".", "/")) for name in plugin_files["probe"])
