"""People at a running instance: they sign up, do what its doors let them, and are answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from plugins.moments.tests.test_media import a_picture, a_video
from tests.clients import code_in
from tests.lives import EMAIL, FIRST, LAST, PHONE, SAID
from tests.people import PASSWORD
from tests.services.mails import text_of
from tests.services.servers import MailServer, Server
from tests.services.test_topology import WEBM

NEW_EMAIL = "another.of.xaviera@traces.example"
WORDS = (EMAIL, NEW_EMAIL, FIRST, LAST, SAID, PHONE)
MANAGER = {"email": "manager@example.test", "password": PASSWORD}
HEAD = {"email": "head@zebras.example", "password": PASSWORD}
MOMENTS = "/api/v1/moments"


@dataclass
class Caller:
    """A person with a token, who expects what they ask for to be done."""

    server: Server
    bearer: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, data: Any = None, *, expect: int, **more: str) -> Any:
        reply = self.server.call(method, path, data, **self.bearer, **more)
        assert reply.status == expect, (method, path, reply)
        return reply.body

    def confirm(self) -> None:
        """Confirm that it is them, as what cannot be undone demands."""
        told = self.server.auth(
            "POST", "auth/reauthenticate", {"password": PASSWORD}, **self.bearer
        )
        assert told.status == 200, told

    def send(self, path: str, content: bytes, kind: str) -> str:
        reply = self.server.upload(path, f"{LAST}.x", content, kind, **self.bearer)
        assert reply.status == 201, reply
        return str(reply.body["id"])


def signed_up(server: Server, mails: MailServer, email: str) -> Caller:
    """Sign up with a mistyped password first; return who is logged in."""
    credentials = {"email": email, "password": PASSWORD}
    asked = server.auth("POST", "auth/signup", credentials)
    code = code_in(text_of(mails.take_mail_to(email)))
    session = {"X-Session-Token": asked.body["meta"]["session_token"]}
    assert server.auth("POST", "auth/email/verify", {"key": code}, **session).status == 200
    wrong = {**credentials, "password": "not-the-password"}
    assert server.auth("POST", "auth/login", wrong).status == 400
    one = Caller(server, server.log_in(email, PASSWORD))
    one.confirm()
    change = server.auth("POST", "account/email", {"email": NEW_EMAIL}, **one.bearer)
    assert "reauthenticate" not in str(change.body), change
    return one


def live(one: Caller, other: Caller) -> None:
    """Let one do all that a person does by the doors, and another answer them."""
    told = {"first_name": FIRST, "last_name": LAST, "bio": SAID, "phone": PHONE}
    me = one.ask("PATCH", "/api/v1/me", {**told, "preferences": {"motto": SAID}}, expect=200)
    one.server.auth("POST", "auth/password/request", {"email": EMAIL})
    scopes = {"name": SAID, "scopes": ["account:read"]}
    one.ask("POST", "/api/v1/me/tokens", scopes, expect=201)
    learn(one)
    meet(one, other, me["id"])
    one.confirm()
    one.ask("POST", "/api/v1/me/export", expect=202)


def learn(one: Caller) -> None:
    """Answer a lesson's exercise at once and later, and hand in a recording."""
    lessons = one.ask("GET", "/api/v1/content/lessons?level=all", expect=200)["items"]
    lesson = lessons[0]["id"]
    path = f"/api/v1/content/lessons/{lesson}/exercises"
    exercise = one.ask("GET", path, expect=200)["items"][0]
    answer = {"choices": [exercise["task"]["options"][0]["id"]]}
    attempts = f"/api/v1/learning/exercises/{exercise['id']}/attempts"
    one.ask("POST", attempts, {"answer": answer}, expect=201, **{"Idempotency-Key": "k" * 12})
    report = {
        "type": "progress",
        "lesson": lesson,
        "position": SAID,
        "client_id": str(uuid4()),
        "answered_at": "2026-01-01T10:00:00Z",
    }
    one.ask("POST", "/api/v1/learning/sync", {"items": [report]}, expect=200)
    one.send("/api/v1/media", WEBM, "audio/webm")


def meet(one: Caller, other: Caller, person: str) -> None:
    """Post, comment, like, follow, mention, report, block and invite, both ways."""
    media = [
        one.send(f"{MOMENTS}/media", a_picture(), "image/jpeg"),
        one.send(f"{MOMENTS}/media", a_video(), "video/mp4"),
    ]
    one.send(f"{MOMENTS}/media", a_picture(30), "image/jpeg")  # which no moment comes to use
    key = {"Idempotency-Key": "a-key-of-a-moment"}
    told = {"text": f"{SAID} {EMAIL}", "tags": [SAID], "media": media}
    mine = one.ask("POST", MOMENTS, told, expect=201, **key)["id"]
    theirs = other.ask("POST", MOMENTS, {"text": "Hello there", "mentions": [person]}, expect=201)[
        "id"
    ]
    said = {"text": SAID}
    mine_there = one.ask("POST", f"{MOMENTS}/{theirs}/comments", said, expect=201)["id"]
    other.ask("POST", f"{MOMENTS}/{mine}/comments", {"text": "How nice"}, expect=201)
    for caller, moment in ((one, theirs), (other, mine)):
        caller.ask("PUT", f"{MOMENTS}/{moment}/like", expect=204)
    reported = {"type": "moments.comment", "id": mine_there, "kind": "spam"}
    other.ask("POST", "/api/v1/reports", reported, expect=201)
    reported = {"type": "moments.moment", "id": theirs, "kind": "other", "text": SAID}
    one.ask("POST", "/api/v1/reports", reported, expect=201)
    other.ask("PUT", f"/api/v1/people/{person}/mute", expect=204)
    invited = {"email": EMAIL, "roles": ["student"]}
    other.ask(
        "POST", "/api/v1/school/invitations", invited, expect=201, **{"Idempotency-Key": "i" * 12}
    )
