"""Critical actions, done through their doors: what each takes, and who is seen to have done it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client

from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool
from tests.clients import AppClient
from tests.letters import a_school_with_letters
from tests.people import a_member, proved, signed_in

Act = Callable[[], Any]
ADMIN, PUPIL, GUEST = "boss@example.test", "pupil@example.test", "guest@example.test"
JSON = "application/json"
MARKER = "xylophone-secret-9"


@dataclass
class World:
    """A school with an admin, who is signed in, and what must be in no row."""

    school: CurrentSchool
    admin: User
    browser: Client
    folder: Path
    secrets: list[str] = field(default_factory=lambda: [MARKER, PUPIL, GUEST, ADMIN])

    def pupil(self, **fields: Any) -> User:
        """Make a member with a known address."""
        return a_member(self.school, email=PUPIL, **fields)

    def app(self, email: str = PUPIL) -> AppClient:
        """Return an app in which a member is signed in."""
        app = AppClient(self.school.slug)
        assert app.log_in(email).status_code == 200
        self.secrets += [app.token, app.refresh_token, app.session_token or app.token]
        return app

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Call the API as the admin."""
        return send(self.browser, method, f"/api/v1{path}", body)

    def post(self, path: str, body: Any = None) -> None:
        """Send a form of the editor as the admin."""
        answer = self.browser.post(f"/admin/{path}", body or {})
        assert answer.status_code in (200, 302), answer.content
        if hasattr(answer, "context_data") and answer.context_data:
            assert not getattr(answer.context_data.get("form"), "errors", None)


@dataclass(frozen=True)
class Deed:
    """
    One way to do a critical action: `arrange` returns what does it.

    `by` is who is seen to have done it: `admin`, the person it was done to (`self`), or `nobody`.
    One that is not `through_http` is a command's or the worker's, and came from no address. One
    that is not `whole` only tells what happened: nothing changes with it.
    """

    action: str
    arrange: Callable[[World], Act]
    by: str
    through_http: bool
    whole: bool
    has_target: bool
    rows: int


deeds: dict[str, Deed] = {}


def deed(
    action: str,
    *,
    by: str = "admin",
    through_http: bool = True,
    whole: bool = True,
    has_target: bool = True,
    rows: int = 1,
) -> Callable[[Callable[[World], Act]], Callable[[World], Act]]:
    """Say that a function arranges an action, and returns what does it."""

    def keep(arrange: Callable[[World], Act]) -> Callable[[World], Act]:
        assert action not in deeds
        deeds[action] = Deed(action, arrange, by, through_http, whole, has_target, rows)
        return arrange

    return keep


def a_world(folder: Path) -> World:
    school = a_school_with_letters("toto", languages=["en"])
    admin = a_member(school, "admin", email=ADMIN)
    return World(school, admin, proved(signed_in(admin, "toto")), folder)


def send(client: Client, method: str, path: str, body: Any = None) -> Any:
    response = client.generic(method, path, json.dumps(body or {}), JSON)
    assert response.status_code < 300, (path, response.content)
    return response.json() if response.content else None


def ok(response: Any, *statuses: int) -> None:
    assert response.status_code in (statuses or (200, 201, 204)), response.content


@contextmanager
def refusing(action: str) -> Iterator[None]:
    """Have the database refuse the rows of one action."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION audit_is_full() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'the audit is full'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER audit_full BEFORE INSERT ON events_auditentry FOR EACH ROW "
                f"WHEN (NEW.action = '{action}') EXECUTE FUNCTION audit_is_full()"
            )
        else:
            cursor.execute(
                "CREATE TRIGGER audit_full BEFORE INSERT ON events_auditentry "
                f"WHEN NEW.action = '{action}' BEGIN SELECT RAISE(ABORT, 'the audit is full'); END"
            )
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("DROP TRIGGER audit_full ON events_auditentry")
                cursor.execute("DROP FUNCTION audit_is_full()")
            else:
                cursor.execute("DROP TRIGGER audit_full")
