"""A person with a browser: our pages by Django's client, a provider's by HTTP and its own forms."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from django.test import Client

PATIENCE = 60.0
CALLBACK = "/accounts/{}/login/callback/"
CENTRE = "http://sign-in.test"
REDIRECT = "/_allauth/browser/v1/auth/provider/redirect"


class Form(HTMLParser):
    """The first form of a page that is posted: where to, and what it holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self._is_inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form" and values.get("method") == "post" and not self.action:
            self.action, self._is_inside = values["action"], True
        elif tag == "input" and self._is_inside and "name" in values:
            self.fields[values["name"]] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False


class Person:
    """Somebody at a school's own page, and at the provider that it sends them to."""

    def __init__(self, host: str = "toto.test") -> None:
        self.host = host
        self.client = Client()
        self.elsewhere = requests.Session()

    def start(self, provider: str, **changed: str) -> Any:
        """Press "log in with …" on the school's page; return the product's answer."""
        asked = {"provider": provider, "callback_url": "/learn", "process": "login", **changed}
        return self.client.post(REDIRECT, asked, headers={"host": self.host})

    def come_back(self, address: str, data: dict[str, str] | None = None) -> Any:
        """Follow a provider to our callback, and ourselves to wherever it is handed on to."""
        parts = urlsplit(address)
        path, headers = f"{parts.path}?{parts.query}", {"host": parts.netloc}
        if data is None:
            answer = self.client.get(path, headers=headers)
        else:
            answer = self.client.post(path, data, headers=headers)
        onward = answer.headers.get("Location", "")
        return self.come_back(onward) if "/login/callback/" in onward else answer

    def me(self) -> Any:
        return self.client.get("/api/v1/me", headers={"host": self.host})

    def session(self) -> Any:
        return self.client.get("/_allauth/browser/v1/auth/session", headers={"host": self.host})

    def with_google(self, email: str = "ana@example.test", **changed: str) -> Any:
        """Go through the whole of it with the OpenID provider; return where one ends up."""
        return self.come_back(self.at_google(self.start("google", **changed)["Location"], email))

    def at_google(self, address: str, email: str = "ana@example.test") -> str:
        """Log in on the provider's own form and consent; return where it sends one back to."""
        page = self.elsewhere.get(address, timeout=PATIENCE)
        if "/accounts/login/" in page.url:
            form = Form(page.text)
            fields = {**form.fields, "login": email, "password": "entirely-at-the-provider"}
            fields.pop("remember", None)
            page = self.elsewhere.post(
                urljoin(page.url, form.action or page.url), fields, timeout=PATIENCE
            )
        form = Form(page.text)
        fields = {**form.fields, "scopes": ["openid", "profile", "email"], "action": "grant"}
        sent = self.elsewhere.post(
            urljoin(page.url, form.action), fields, timeout=PATIENCE, allow_redirects=False
        )
        assert sent.status_code == 302, sent.text
        return sent.headers["Location"]

    def with_apple(self, person: str, **changed: str) -> Any:
        """Go through the whole of it with Apple, which has the browser post its answer."""
        form = self.at_apple(self.start("apple", **changed)["Location"], person)
        return self.come_back(form.action, form.fields)

    def at_apple(self, address: str, person: str) -> Form:
        page = self.elsewhere.get(address, timeout=PATIENCE)
        assert page.status_code == 200, page.text
        form = Form(page.text)
        fields = {**form.fields, "person": person}
        posted = self.elsewhere.post(urljoin(page.url, form.action), fields, timeout=PATIENCE)
        return Form(posted.text)

    def with_facebook(self, person: str, **changed: str) -> Any:
        address = self.start("facebook", **changed)["Location"]
        page = self.elsewhere.get(address, timeout=PATIENCE)
        assert page.status_code == 200, page.text
        form = Form(page.text)
        sent = self.elsewhere.post(
            urljoin(page.url, form.action),
            {**form.fields, "person": person},
            timeout=PATIENCE,
            allow_redirects=False,
        )
        return self.come_back(sent.headers["Location"])
