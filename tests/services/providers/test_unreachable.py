"""A provider that is down, slow or broken: told as such, soon, and nothing is made by halves."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.providers import registry

from lyceum.accounts.models import User
from tests.clients import AppClient
from tests.people import a_school
from tests.services.providers.loopback import (
    FACEBOOK,
    GOOGLE_APP,
    Providers,
    facebook_at,
    google_at,
)
from tests.services.providers.pages import Person
from tests.services.servers import free_port

pytestmark = pytest.mark.django_db

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def answering(*parts: bytes) -> Iterator[str]:
    """Run a server that answers each call with these bytes, and then with nothing for long."""
    done = threading.Event()

    def serve(listening: socket.socket) -> None:
        while not done.is_set():
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(connection,), daemon=True).start()

    def answer(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            for part in parts:
                try:
                    connection.sendall(part)
                except OSError:
                    return
                if done.wait(0.1):
                    return
            if parts and parts[-1].endswith(b"!"):
                return
            done.wait(30)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve, args=(listening,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        done.set()
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


SLOW: tuple[tuple[bytes, ...], ...] = (
    (),
    (HEAD + b"Content-Length: 9\r\n\r\n{",),
    (HEAD + b"Content-Length: 999\r\n\r\n", *[b" "] * 100),
    (b"HTTP/1.1 503 Unavailable\r\nContent-Length: 1\r\n\r\n!",),
    (b"nonsense!",),
    (HEAD + b"Content-Length: 3000000\r\n\r\n" + b" " * 3_000_000, b"!"),
    (b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 1\r\n\r\n!",),
    (HEAD + b"Content-Length: 1\r\n\r\n!",),
    (HEAD + b'Content-Length: 13\r\n\r\n{"keys": 5}  !',),
)


@pytest.mark.parametrize("parts", SLOW)
def test_an_app_is_told_that_the_provider_does_not_answer(
    at: Providers, settings: Any, parts: tuple[bytes, ...]
) -> None:
    settings.LYCEUM_PROVIDER_SECONDS = 0.5
    with answering(*parts) as broken:
        registry.register(google_at(broken))
        token = at.token(issuer=broken, audience=GOOGLE_APP)
        body = {"provider": "google", "process": "login"}
        given = {"client_id": GOOGLE_APP, "id_token": token}
        answer = AppClient().auth("POST", "auth/provider/token", {**body, "token": given})

    assert (answer.status_code, answer.json()["code"]) == (503, "provider_unavailable")
    assert answer["Retry-After"] == "30"
    assert not User.objects.exists()


def test_one_that_is_down_is_told_to_apps_and_pages() -> None:
    a_school("toto")
    nowhere = f"http://127.0.0.1:{free_port()}"
    registry.register(facebook_at(nowhere))
    token = {"client_id": FACEBOOK["client_id"], "access_token": "EAAx"}
    body = {"provider": "facebook", "process": "login", "token": token}
    person = Person()
    state = parse_qs(urlsplit(person.start("facebook")["Location"]).query)["state"][0]

    to_an_app = AppClient().auth("POST", "auth/provider/token", body)
    to_a_page = person.client.get(
        "/accounts/facebook/login/callback/",
        {"state": state, "code": "x"},
        headers={"host": "toto.test"},
    )

    assert (to_an_app.status_code, to_an_app.json()["code"]) == (503, "provider_unavailable")
    assert to_a_page["Location"] == "/learn?error=provider_unavailable&error_process=login"


def test_keys_that_are_known_outlast_a_provider_that_is_down(at: Providers) -> None:
    def log_in(issuer: str, number: int) -> Any:
        token = at.token(issuer=issuer, audience=GOOGLE_APP, jti=str(number))
        given = {"client_id": GOOGLE_APP, "id_token": token}
        body = {"provider": "google", "process": "login", "token": given}
        return AppClient().auth("POST", "auth/provider/token", body)

    keys = requests.get(f"{at.openid}/.well-known/jwks.json", timeout=60).content
    with answering(HEAD + b"Content-Length: %d\r\n\r\n" % len(keys) + keys) as provider:
        registry.register(google_at(provider))
        before = log_in(provider, 1)
    after = log_in(provider, 2)

    assert (before.status_code, after.status_code) == (200, 200)
