"""Pages of every origin call a real server, in a real browser: which may read, which may do."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.browser import a_page
from tests.services.conftest import data  # noqa: F401 - a fixture
from tests.services.servers import Server, environment_of, product_server, run_in

pytestmark = pytest.mark.long

FURNISH = """
from wagtail.models import Site
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from lyceum.schools.current import school_by_slug
from lyceum.schools.settings import change_school
from tests.people import a_member, a_school
toto = school_by_slug("toto")
Site.objects.filter(hostname="toto.test").update(hostname="toto.localhost")
a_school("campus", host="campus.localhost")
ana = a_member(toto, "admin", email="ana@example.test")
change_school(actor=ana, school=toto, changes={{"allowed_origins": ["{app}"]}})
client = Client(headers={{"host": "toto.localhost"}})
client.force_login(ana, backend="lyceum.accounts.backends.AuthenticationBackend")
print(client.cookies["sessionid"].value)
"""

FETCH = """async ([address, options]) => {
  try {
    const answer = await fetch(address, options);
    const told = {status: answer.status, type: answer.type, headers: {}};
    for (const [name, value] of answer.headers) told.headers[name] = value;
    try { told.body = await answer.json(); } catch (_) { told.body = null; }
    return told;
  } catch (error) { return {refused: String(error)}; }
}"""
A_FORM = """([address, type]) => {
  const form = document.createElement('form');
  form.method = 'post'; form.action = address; form.enctype = type;
  const field = document.createElement('input');
  field.name = '{"bio": "hacked", "x": "'; field.value = '"}';
  form.append(field); document.body.append(form); form.submit();
}"""
A_SANDBOX = """([address, script]) => new Promise((tell) => {
  addEventListener('message', (event) => tell(event.data));
  const frame = document.createElement('iframe');
  frame.sandbox = 'allow-scripts';
  frame.srcdoc = `<script>(${script})(['${address}', {}])
    .then((told) => parent.postMessage(told, '*'))<` + '/script>';
  document.body.append(frame);
})"""


class _Blank(BaseHTTPRequestHandler):
    """An empty page, whatever host and address it is asked by."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>x</title><body>")

    def log_message(self, *_: Any) -> None:
        return None


@pytest.fixture(scope="module")
def pages() -> Iterator[int]:
    """The port where pages of other origins come from, by any name below `localhost`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Blank)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def session(data: Path, pages: int) -> str:  # noqa: F811
    """The key of Ana's cookie session, who is an admin of `toto`."""
    script = FURNISH.format(app=f"http://localhost:{pages}")
    return run_in(environment_of(data), script).split()[-1]


@pytest.fixture(scope="module")
def server(data: Path, session: str) -> Iterator[Server]:  # noqa: F811
    with product_server(data, workers=2) as running:
        yield running


@pytest.fixture
def house(server: Server, pages: int, session: str, chromium: str) -> Iterator[House]:
    with a_page(chromium, f"http://toto.localhost:{server.port}", {"sessionid": session}) as page:
        yield House(page, server.port, pages)


class House:
    """A browser in which Ana is signed in at `toto`, and pages to send it to."""

    def __init__(self, page: Any, port: int, pages: int) -> None:
        self.page = page
        # A page of each host's own, as a theme's shell is, and nothing else on it.
        blank = "<!doctype html><title>x</title><body>"
        page.route("**/own-page", lambda route: route.fulfill(body=blank, content_type="text/html"))
        self.toto = f"http://toto.localhost:{port}"
        self.campus = f"http://campus.localhost:{port}"
        self.neutral = f"http://127.0.0.1:{port}"
        self.app = f"http://localhost:{pages}/"
        self.evil = f"http://evil.localhost:{pages}/"

    def fetch(self, address: str, **options: Any) -> Any:
        return self.page.evaluate(FETCH, [address, options])

    def bio(self) -> str:
        """Return what Ana's profile says, as her own school's page reads it."""
        self.page.goto(f"{self.toto}/own-page")
        told = self.fetch("/api/v1/me")
        assert told["status"] == 200, told
        return str(told["body"]["bio"])


def refused(told: Any) -> bool:
    """Whether the browser let the page know nothing at all."""
    return "refused" in told


AT_TOTO = {"X-School": "toto"}


def test_a_front_end_of_the_school_reads_and_is_told_the_headers(house: House) -> None:
    house.page.goto(house.app)

    by_name = house.fetch(f"{house.neutral}/api/v1/school", headers=AT_TOTO)
    by_host = house.fetch(f"{house.toto}/api/v1/content/tree", credentials="include")

    assert (by_name["status"], by_name["body"]["slug"]) == (200, "toto")
    assert by_host["status"] == 200
    assert {"etag", "content-language", "x-request-id"} <= set(by_host["headers"])


def test_a_front_end_of_one_school_is_nothing_to_another(house: House) -> None:
    house.page.goto(house.app)

    # The preflight names no school, and lets it ask; what it asks for is refused.
    assert refused(house.fetch(f"{house.neutral}/api/v1/school", headers={"X-School": "campus"}))
    assert refused(house.fetch(f"{house.campus}/api/v1/school"))


@pytest.mark.parametrize("credentials", ["omit", "include"])
def test_a_hostile_page_reads_nothing(house: House, credentials: str) -> None:
    house.page.goto(house.evil)
    include = {"credentials": credentials}

    for address in ("/api/v1/school", "/api/v1/me", "/_allauth/browser/v1/auth/session"):
        assert refused(house.fetch(f"{house.toto}{address}", **include))
        assert refused(house.fetch(f"{house.neutral}{address}", headers=AT_TOTO, **include))
    # Not even without asking to read it, as a picture or a script would be.
    assert refused(house.fetch(f"{house.toto}/api/v1/me", mode="no-cors", **include))


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded"])
def test_a_hostile_page_does_nothing(house: House, kind: str) -> None:
    house.page.goto(house.evil)
    body = json.dumps({"bio": "hacked"})
    simple = {"mode": "no-cors", "credentials": "include", "headers": {"Content-Type": kind}}

    house.fetch(f"{house.toto}/api/v1/me", method="POST", body=body, **simple)
    house.fetch(f"{house.toto}/api/v1/media", method="POST", body=body, **simple)
    assert refused(
        house.fetch(
            f"{house.toto}/api/v1/me",
            method="PATCH",
            body=body,
            credentials="include",
            headers={"Content-Type": "application/json"},
        )
    )
    with house.page.expect_navigation():
        house.page.evaluate(A_FORM, [f"{house.toto}/api/v1/me", kind])
    assert json.loads(house.page.inner_text("body"))["code"] == "origin_not_allowed"
    assert house.bio() == ""


def test_a_sandboxed_frame_and_a_file_have_no_origin_and_no_say(
    house: House, tmp_path: Path
) -> None:
    house.page.goto(house.app)
    assert refused(house.page.evaluate(A_SANDBOX, [f"{house.toto}/api/v1/school", FETCH]))

    (tmp_path / "page.html").write_text("<!doctype html><title>x</title><body>")
    house.page.goto(f"file://{tmp_path}/page.html")
    assert refused(house.fetch(f"{house.toto}/api/v1/school"))


def test_the_cookie_counts_on_the_school_s_own_host_alone(house: House) -> None:
    [kept] = house.page.context.cookies()
    at_the_others = [{**kept, "domain": host} for host in ("127.0.0.1", "campus.localhost")]
    house.page.context.add_cookies(at_the_others)

    house.page.goto(f"{house.neutral}/own-page")
    neutral = house.fetch("/api/v1/me", headers=AT_TOTO, credentials="include")
    house.page.goto(f"{house.campus}/own-page")
    members = house.fetch("/api/v1/school/members", credentials="include")
    house.page.goto(f"{house.toto}/own-page")
    own = house.fetch("/api/v1/me")
    other_name = house.fetch("/api/v1/school", headers={"X-School": "campus"})

    assert (neutral["status"], neutral["body"]["code"]) == (401, "not_authenticated")
    # She is the same person there, and nobody in particular.
    assert (members["status"], members["body"]["code"]) == (403, "forbidden")
    assert own["status"] == 200
    assert (other_name["status"], other_name["body"]["code"]) == (400, "school_mismatch")


def test_a_page_of_the_school_changes_something_with_the_csrf_token_alone(house: House) -> None:
    house.page.goto(f"{house.toto}/own-page")
    change = {"method": "PATCH", "body": json.dumps({"education": "Some"})}
    as_json = {"Content-Type": "application/json"}

    without = house.fetch("/api/v1/me", **change, headers=as_json)
    house.fetch("/_allauth/browser/v1/config")
    cookies = {cookie["name"]: cookie for cookie in house.page.context.cookies()}
    token = {"X-CSRFToken": cookies["csrftoken"]["value"]}
    with_it = house.fetch("/api/v1/me", **change, headers={**as_json, **token})

    assert (without["status"], without["body"]["code"]) == (403, "csrf_failed")
    assert (with_it["status"], with_it["body"]["education"]) == (200, "Some")
    assert cookies["csrftoken"]["sameSite"] == "Lax"


def test_the_admin_is_in_no_frame_and_takes_no_form_of_another_page(house: House) -> None:
    house.page.goto(house.evil)
    into_a_frame = (
        "(address) => { const frame = document.createElement('iframe'); frame.src = address; "
        "document.body.append(frame); }"
    )
    # Chromium says so on its console, and shows a page of its own in the frame.
    with house.page.expect_console_message(lambda said: "frame" in said.text.lower()) as said:
        house.page.evaluate(into_a_frame, f"{house.toto}/admin/")
    assert f"{house.toto}/" in said.value.text

    with house.page.expect_navigation() as told:
        house.page.evaluate(
            A_FORM, [f"{house.toto}/admin/account/", "application/x-www-form-urlencoded"]
        )
    assert told.value.status == 403
