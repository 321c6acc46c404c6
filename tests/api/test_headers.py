"""What every answer tells the browser to refuse, whoever made the answer."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests.people import a_learner, a_member, a_school, signed_in

pytestmark = pytest.mark.django_db

NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def policy_of(response: Any) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in response["Content-Security-Policy"].split(";")]
    return {name: sources for name, _, sources in parts}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("get", "/api/v1/school"), ("get", "/api/v1/nowhere"), ("delete", "/api/v1/school")),
        *(("get", "/_allauth/app/v1/config"), ("post", "/_allauth/app/v1/auth/login")),
        *(("get", "/api/cms/pages/"), ("get", "/api/v1/problems/not_found")),
        *(("options", "/api/v1/school"), ("get", "/api/v1/openapi.json")),
    ],
)
def test_an_answer_may_load_run_and_be_framed_by_nothing(method: str, path: str) -> None:
    a_school("toto")

    response = Client(headers={"host": "toto.test"}).generic(method.upper(), path)

    assert response["Content-Security-Policy"] == NOTHING
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_page_of_the_admin_runs_files_of_ours_and_no_script_within_it() -> None:
    browser = signed_in(a_member(a_school("toto"), "manager"), "toto")

    for path in ("", "pages/", "images/add/", "media/audio/add/", "account/"):
        response = browser.get(f"/admin/{path}")
        policy = policy_of(response)
        assert response.status_code in {200, 302}, path
        assert policy["script-src"] == "'self'", path
        assert b"<script>" not in response.content
        assert policy["frame-ancestors"] == "'none'"
        assert policy["default-src"] == "'none'"


@pytest.mark.parametrize("path", ["/", "/api/v1/docs", "/api/v1/redoc"])
def test_a_page_of_ours_takes_nothing_from_elsewhere(path: str, client: Client) -> None:
    response = client.get(path)
    policy = policy_of(response)

    assert response.status_code == 200
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy.get("script-src", "'self'") == "'self'"
    assert not any("http" in sources or "*" in sources for sources in policy.values())


def test_a_style_in_the_front_page_is_told_by_a_number_used_once(client: Client) -> None:
    first, second = (client.get("/") for _ in range(2))

    assert first["Content-Security-Policy"] != second["Content-Security-Policy"]
    nonce = policy_of(first)["style-src"].strip("'").removeprefix("nonce-")
    assert f'<style nonce="{nonce}">' in first.content.decode()


def test_a_picture_may_be_shown_by_a_front_end_of_another_origin() -> None:
    browser = signed_in(a_learner(a_school("toto")), "toto")
    picture = BytesIO()
    Image.new("RGB", (60, 40), "orange").save(picture, "PNG")
    form = encode_multipart(BOUNDARY, {"file": SimpleUploadedFile("ana.png", picture.getvalue())})
    assert browser.put("/api/v1/me/avatar", form, MULTIPART_CONTENT).status_code == 204

    response = browser.get(browser.get("/api/v1/me").json()["avatar"])
    response.close()

    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Content-Security-Policy"] == NOTHING
