"""A client in a process of its own, which keeps its connections open."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from typing import Any

from deploy.bench.seeding import HOST

TIMEOUT = 60
Headers = Mapping[str, str]


@dataclass(frozen=True)
class Call:
    """A request to be sent many times; `body` makes a new one for each."""

    path: str
    headers: Headers = field(default_factory=dict)
    body: Callable[[], Any] | None = None
    expected: int = 200


class Client:
    """So many connections to a server, each kept open, all used in turn."""

    def __init__(self, port: int, connections: int) -> None:
        self.host = f"{HOST}:{port}"
        self.connections = [
            HTTPConnection("127.0.0.1", port, timeout=TIMEOUT) for _ in range(connections)
        ]

    def send(self, call: Call, times: int) -> None:
        """Send a request so many times, with as many under way as there are connections."""
        # The server closes those that stood still while others were measured.
        for connection in self.connections:
            connection.close()
        left = times
        while left > 0:
            batch = self.connections[: min(left, len(self.connections))]
            for connection in batch:
                self._ask(connection, call)
            for connection in batch:
                self._read(connection, call)
            left -= len(batch)

    def once(self, call: Call) -> tuple[HTTPResponse, bytes]:
        """Send a request once, and return what comes back."""
        self._ask(self.connections[0], call)
        return self._read(self.connections[0], call)

    def _ask(self, connection: HTTPConnection, call: Call) -> None:
        headers = {"Host": self.host, "Accept-Language": "en", **call.headers}
        if call.body is None:
            connection.request("GET", call.path, headers=headers)
        else:
            headers["Content-Type"] = "application/json"
            connection.request("POST", call.path, json.dumps(call.body()), headers)

    def _read(self, connection: HTTPConnection, call: Call) -> tuple[HTTPResponse, bytes]:
        response = connection.getresponse()
        content = response.read()
        if response.status != call.expected:
            raise SystemExit(f"{call.path}: {response.status} {content[:500]!r}")
        return response, content
