"""A client of the demo's own server, which uses HTTP and nothing else."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any


class Refused(Exception):
    """The server answered otherwise than a working one would."""


class Client:
    """Calls one school on 127.0.0.1, by the header X-School, as a front end would."""

    def __init__(self, port: int, school: str) -> None:
        self.port, self.school, self.token = port, school, ""

    def sign_in(self, email: str, password: str) -> str:
        """Sign in as an app does; return the access token, which further calls send."""
        return self._log_in({"email": email, "password": password})

    def sign_in_child(self, username: str, password: str) -> str:
        """Sign in as a child of the school does, without an address; return the access token."""
        return self._log_in({"username": username, "password": password})

    def _log_in(self, credentials: dict[str, str]) -> str:
        self.token = ""  # whoever is signed in already is refused
        answer = self.call("POST", "/_allauth/app/v1/auth/login", credentials)
        self.token = answer["meta"]["access_token"]
        return self.token

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """
        Return the JSON of an answer.

        :raises Refused: unless the server answers with a status of 2xx
        :raises OSError: if nobody listens
        """
        headers = {"X-School": self.school, "Accept": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, body=text, headers=headers)
            response = connection.getresponse()
            data = response.read()
        finally:
            connection.close()
        if not 200 <= response.status < 300:
            raise Refused(
                f"{method} {path}: {response.status} {data[:300].decode(errors='replace')}"
            )
        return json.loads(data) if data else None
