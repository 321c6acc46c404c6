"""The whole of it between servers: ours in two processes, and the providers in theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.services.providers.loopback import GOOGLE_APP, Providers
from tests.services.providers.pages import Person
from tests.services.servers import Server, product_server

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server(data: Path, at: Providers) -> Iterator[Server]:
    environment = {
        **at.environment(),
        "DJANGO_SETTINGS_MODULE": "tests.services.providers.settings",
        "LOOPBACK_OPENID": at.openid,
        "LOOPBACK_OTHERS": at.others,
        "LYCEUM_SIGN_IN_ADDRESS": "http://sign-in.test",
    }
    with product_server(data, workers=2, **environment) as running:
        yield running


class Browser:
    """The part of Django's client that `Person` uses, over HTTP, by host names of the schools."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.cookies: dict[str, dict[str, str]] = {}

    def get(self, path: str, headers: dict[str, str]) -> Any:
        return self._send("GET", path, None, headers["host"])

    def post(self, path: str, data: dict[str, str], headers: dict[str, str]) -> Any:
        return self._send("POST", path, data, headers["host"])

    def _send(self, method: str, path: str, data: Any, host: str) -> Any:
        kept = self.cookies.setdefault(host, {})
        token = {"csrfmiddlewaretoken": kept["csrftoken"]} if "csrftoken" in kept else {}
        answer = requests.request(
            method,
            f"http://127.0.0.1:{self.server.port}{path}",
            data=None if data is None else {**data, **token},
            headers={"Host": host},
            cookies=kept,
            allow_redirects=False,
            timeout=60,
        )
        kept.update(answer.cookies.get_dict())
        return Answer(answer)


class Answer:
    """What came, as Django's client would show it."""

    def __init__(self, answer: requests.Response) -> None:
        self.status_code, self.headers, self.json = (
            answer.status_code,
            answer.headers,
            answer.json,
        )

    def __getitem__(self, name: str) -> str:
        return self.headers[name]


def a_person(server: Server) -> Person:
    person = Person()
    person.client = Browser(server)  # type: ignore[assignment]
    person.client.get("/_allauth/browser/v1/config", headers={"host": "toto.test"})
    return person


def test_a_page_goes_to_the_provider_and_back_by_the_common_address(server: Server) -> None:
    google, apple = a_person(server), a_person(server)

    by_google = google.with_google()
    by_apple = apple.with_apple("leo")

    assert (by_google["Location"], by_apple["Location"]) == ("/learn", "/learn")
    assert google.me().json()["memberships"][0]["slug"] == "toto"
    assert apple.me().json()["email"] == "leo@example.test"


def test_of_eight_at_once_with_one_token_exactly_one_gets_in(server: Server, at: Providers) -> None:
    outcomes: Counter[tuple[int, str]] = Counter()
    for number in range(3):
        token = at.token(issuer=at.openid, audience=GOOGLE_APP, sub=f"g-{number}")
        body = {
            "provider": "google",
            "process": "login",
            "token": {"client_id": GOOGLE_APP, "id_token": token},
        }
        with ThreadPoolExecutor(8) as pool:
            replies = list(
                pool.map(lambda sent: server.auth("POST", "auth/provider/token", sent), [body] * 8)
            )
        outcomes.update(
            (reply.status, reply.body.get("errors", [{}])[0].get("code", "")) for reply in replies
        )

    assert outcomes == {(200, ""): 3, (400, "token_used"): 21}


def test_of_eight_tokens_of_one_new_person_at_once_one_account_is_made(
    server: Server, at: Providers
) -> None:
    def log_in(number: int) -> int:
        token = at.token(issuer=at.openid, audience=GOOGLE_APP, sub="g-new", jti=str(number))
        given = {"client_id": GOOGLE_APP, "id_token": token}
        body = {"provider": "google", "process": "login", "token": given}
        return server.auth("POST", "auth/provider/token", body).status

    with ThreadPoolExecutor(8) as pool:
        statuses = Counter(pool.map(log_in, range(8)))
    after = log_in(8)

    # Who was later is told so (409), and is let in when they ask again.
    assert set(statuses) <= {200, 409}
    assert statuses[200] >= 1
    assert after == 200
