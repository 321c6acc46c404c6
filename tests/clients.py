"""Clients for tests: an app with tokens, a browser with cookies, both at a school."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core import mail
from django.test import Client

from tests.people import PASSWORD

CODE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}\b")


def code_in(body: str) -> str:
    """Return the code that a mail holds."""
    found = CODE.search(body)
    assert found is not None, body
    return found.group()


def last_code() -> str:
    """Return the code of the mail sent last."""
    return code_in(mail.outbox[-1].body)


class AppClient:
    """A front end that keeps tokens, as a phone's does. `school` goes into `X-School`."""

    def __init__(self, school: str = "", token: str = "") -> None:
        self.client = Client()
        self.school = school
        self.token = token
        self.refresh_token = ""
        self.session_token = ""

    def call(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Send JSON, with school and token."""
        sent = dict(headers)
        if self.school:
            sent.setdefault("X-School", self.school)
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        body = b"" if data is None else json.dumps(data)
        return self.client.generic(
            method, path, body, content_type="application/json", headers=sent
        )

    def auth(self, method: str, path: str, data: Any = None, **headers: str) -> Any:
        """Call allauth, and keep the tokens that it answers."""
        if self.session_token and not self.token:
            headers.setdefault("X-Session-Token", self.session_token)
        response = self.call(method, f"/_allauth/app/v1/{path}", data, **headers)
        meta = response.json().get("meta", {}) if response.content else {}
        self.session_token = meta.get("session_token", self.session_token)
        self.token = meta.get("access_token", self.token)
        self.refresh_token = meta.get("refresh_token", self.refresh_token)
        return response

    def sign_up(self, email: str, password: str = PASSWORD, **fields: str) -> Any:
        return self.auth("POST", "auth/signup", {"email": email, "password": password, **fields})

    def log_in(self, email: str, password: str = PASSWORD) -> Any:
        return self.auth("POST", "auth/login", {"email": email, "password": password})

    def refresh(self, token: str = "") -> Any:
        given = token or self.refresh_token
        return self.call("POST", "/_allauth/app/v1/tokens/refresh", {"refresh_token": given})
