"""Secrets at rest: readable with the keys of the deployment, and with no others."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from lyceum.kernel.encryption import SecretUnreadable, decrypt, encrypt
from tests.clients import AppClient
from tests.factors import a_code, enrol
from tests.people import a_person

OLD, NEW = "old" * 20, "new" * 20


def test_a_secret_is_read_again_and_looks_different_each_time(settings: Any) -> None:
    settings.LYCEUM_ENCRYPTION_KEYS = [NEW]

    first, second = encrypt("sécret"), encrypt("sécret")

    assert (decrypt(first), decrypt(second)) == ("sécret", "sécret")
    assert first != second
    assert "sécret" not in first


def test_the_first_key_encrypts_and_all_decrypt(settings: Any) -> None:
    settings.LYCEUM_ENCRYPTION_KEYS = [OLD]
    before = encrypt("secret")
    settings.LYCEUM_ENCRYPTION_KEYS = [NEW, OLD]
    after = encrypt("secret")

    assert decrypt(before) == "secret"
    settings.LYCEUM_ENCRYPTION_KEYS = [NEW]
    assert decrypt(after) == "secret"
    with pytest.raises(SecretUnreadable):
        decrypt(before)


def test_what_was_encrypted_before_a_key_was_set_stays_readable(settings: Any) -> None:
    settings.LYCEUM_ENCRYPTION_KEYS = []
    before = encrypt("secret")

    settings.LYCEUM_ENCRYPTION_KEYS = [NEW]

    assert decrypt(before) == "secret"


def test_another_secret_key_reads_nothing_unless_it_names_the_old_one(settings: Any) -> None:
    before, old = encrypt("secret"), settings.SECRET_KEY

    settings.SECRET_KEY = "another" * 10
    with pytest.raises(SecretUnreadable):
        decrypt(before)
    settings.SECRET_KEY_FALLBACKS = [old]
    assert decrypt(before) == "secret"


@pytest.mark.parametrize("nonsense", ["", "x", "gAAAAA", "é"])
def test_what_was_never_encrypted_is_unreadable(nonsense: str) -> None:
    with pytest.raises(SecretUnreadable):
        decrypt(nonsense)


@pytest.mark.django_db
def test_secrets_are_moved_to_a_new_key_so_that_the_old_one_can_go(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LYCEUM_ENCRYPTION_KEYS = [OLD]
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")
    secret = enrol(app, off=-30)

    settings.LYCEUM_ENCRYPTION_KEYS = [NEW, OLD]
    call_command("encryption", "rotate")
    settings.LYCEUM_ENCRYPTION_KEYS = [NEW]

    told = capsys.readouterr().out.splitlines()
    assert told == ["settings of plugins: 0", "second factors: 2"]
    again = AppClient()
    again.log_in("ana@example.test")
    answer = again.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})
    assert answer.status_code == 200


@pytest.mark.django_db
def test_a_key_that_was_lost_is_a_problem_and_no_crash(settings: Any) -> None:
    settings.LYCEUM_ENCRYPTION_KEYS = [OLD]
    a_person("ana@example.test")
    app = AppClient()
    app.log_in("ana@example.test")
    secret = enrol(app, off=-30)
    assert Authenticator.objects.exists()

    settings.LYCEUM_ENCRYPTION_KEYS = [NEW]
    again = AppClient()
    again.log_in("ana@example.test")
    answer = again.auth("POST", "auth/2fa/authenticate", {"code": a_code(secret)})

    assert (answer.status_code, answer.json()["code"]) == (503, "secret_unreadable")
