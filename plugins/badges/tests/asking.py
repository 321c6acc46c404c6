"""Asking badges' doors, as a front end does."""

from __future__ import annotations

from typing import Any

from django.test import Client

V1 = "/api/v1/badges"


def read(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


def code_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json().get("code", "")


def send(client: Client, method: str, address: str, body: Any = None) -> Any:
    return getattr(client, method)(address, data=body, content_type="application/json")
