"""Archives and erasures by the API: confirmed, for a day, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from lyceum.accounts.models import User
from lyceum.accounts.privacy.erasing import erase_person
from lyceum.http.models import StoredAnswer
from lyceum.http.uploads import file_of
from lyceum.kernel.clock import now
from tests.clients import AppClient
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db(transaction=True)
KEY = {"Idempotency-Key": "a-key-of-an-export"}


@pytest.fixture
def ana() -> User:
    return a_member(a_school("toto"), email="ana@example.test")


def app_of(user: User) -> AppClient:
    app = AppClient("toto")
    app.log_in(str(user.email))
    return app


def test_an_archive_is_asked_for_and_fetched(ana: User) -> None:
    app = app_of(ana)

    asked = app.call("POST", "/api/v1/me/export", **KEY)

    assert asked.status_code == 202
    ready = app.call("GET", asked["Location"])
    assert (ready.json()["status"], ready.json()["id"]) == ("ready", asked.json()["id"])
    fetched = app.call("GET", f"{asked['Location']}/file")
    assert fetched["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(b"".join(fetched.streaming_content))) as archive:
        assert "README.txt" in archive.namelist()
    assert not StoredAnswer.objects.exists()
    stranger = app_of(a_member(a_school("campus"), email="stranger@example.test"))
    assert stranger.call("GET", asked["Location"]).status_code == 404
    assert stranger.call("GET", f"{asked['Location']}/file").status_code == 404


def test_without_a_recent_proof_nothing_is_handed_out_or_erased(ana: User) -> None:
    app = app_of(ana)
    body: Any = {"confirm": "ana@example.test"}

    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=-timedelta(days=1).total_seconds()):
        told = [
            app.call("POST", "/api/v1/me/export").json()["code"],
            app.call("DELETE", "/api/v1/me", body).json()["code"],
        ]

    assert told == ["reauthentication_required"] * 2
    assert User.objects.filter(pk=ana.pk).exists()


def test_who_sends_no_body_is_told_that_there_is_one_to_send(ana: User) -> None:
    refused = app_of(ana).call("DELETE", "/api/v1/me")

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert refused.json()["errors"] == {"body": ["Field required."]}


def test_who_is_erased_is_gone_with_the_answer(ana: User) -> None:
    app = app_of(ana)

    wrong = app.call("DELETE", "/api/v1/me", {"confirm": "yes"})
    done = app.call("DELETE", "/api/v1/me", {"confirm": "ana@example.test"})

    assert (wrong.status_code, wrong.json()["code"]) == (422, "confirmation_wrong")
    assert done.status_code == 204
    assert app.call("GET", "/api/v1/me").status_code == 401
    assert not User.objects.filter(pk=ana.pk).exists()


def test_who_is_erased_while_they_send_is_told_that_nobody_is_signed_in(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(ana)

    def meanwhile(request: Any) -> Any:
        erase_person(user=ana, actor=None, at=now())
        return file_of(request)

    monkeypatch.setattr("api.v1.media.file_of", meanwhile)
    file = SimpleUploadedFile("me.ogg", b"OggS" + b"x" * 50, "audio/ogg")
    sent = {"X-School": "toto", "Authorization": f"Bearer {app.token}"}
    answer = app.client.post("/api/v1/media", {"file": file}, headers=sent)

    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
