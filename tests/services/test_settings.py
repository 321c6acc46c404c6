"""The production settings: complete, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.processes import ROOT, python_path

NEEDED = {
    "DJANGO_SETTINGS_MODULE": "deploy.settings.production",
    "SECRET_KEY": "3f9c0d7b1e5a86f24c7d9b0e1a3f5c7d" * 2,
    "ALLOWED_HOSTS": ".example.org",
    "EMAIL_HOST": "smtp.example.org",
    "DEFAULT_FROM_EMAIL": "no-reply@example.org",
    "DATABASE_URL": "postgresql://lyceum:p%40ss@db.example.org/lyceum?sslmode=require",
    "REDIS_URL": "redis://:pass@cache.example.org:6379/3",
    "LYCEUM_PROXIES": "1",
}


def told(code: list[str], data: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run Python under the production settings, with nothing else of Lyceum's about."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    variables = {**inherited, **NEEDED, "LYCEUM_DATA": str(data), "PYTHONPATH": python_path()}
    return subprocess.run(
        [sys.executable, *code],
        cwd=ROOT,
        env={**variables, **changes},
        capture_output=True,
        text=True,
    )


def settings_say(expression: str, data: Path, **changes: str) -> str:
    code = f"from django.conf import settings; print({expression})"
    done = told(["-c", code], data, **changes)
    return (done.stdout or done.stderr).strip().splitlines()[-1]


def test_the_check_of_a_deployment_finds_nothing_to_say(tmp_path: Path) -> None:
    check = ["manage.py", "check", "--deploy", "--fail-level", "DEBUG"]

    done = told(check, tmp_path)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_HOST", "DEFAULT_FROM_EMAIL", "LYCEUM_DATA"]
)
def test_nothing_starts_without_what_is_needed(name: str, tmp_path: Path) -> None:
    said = settings_say("settings.DEBUG", tmp_path, **{name: ""})

    assert said.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} is not set: ")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "a" * 60),
        ("ALLOWED_HOSTS", "*"),
        ("LYCEUM_DATA", "/nowhere/at/all"),
        ("LYCEUM_DEBUG", "1"),
        ("LYCEUM_HTTPS", "perhaps"),
        ("LYCEUM_HSTS_SECONDS", "a year"),
        ("DATABASE_URL", "mysql://db/lyceum"),
        ("DATABASE_URL", "postgresql://db:port/lyceum"),
        ("REDIS_URL", "cache.example.org:6379"),
        ("LYCEUM_QUEUE_URL", "nothing"),
    ],
)
def test_nothing_starts_with_what_cannot_be(name: str, value: str, tmp_path: Path) -> None:
    said = settings_say("settings.DEBUG", tmp_path, **{name: value})

    assert said.startswith(f"django.core.exceptions.ImproperlyConfigured: {name} ")


def test_an_address_that_cannot_be_does_not_tell_its_password(tmp_path: Path) -> None:
    said = told(
        ["-c", "from django.conf import settings; settings.DEBUG"],
        tmp_path,
        DATABASE_URL="mysql://lyceum:s3cr3t@db/lyceum",
    )

    assert "s3cr3t" not in said.stderr


def test_the_address_of_a_database_is_taken_apart(tmp_path: Path) -> None:
    names = "NAME", "USER", "PASSWORD", "HOST", "PORT"
    found = f"[settings.DATABASES['default'][name] for name in {names}]"

    assert settings_say(found, tmp_path) == "['lyceum', 'lyceum', 'p@ss', 'db.example.org', '5432']"
    mode = "settings.DATABASES['default']['OPTIONS']['sslmode']"
    assert settings_say(mode, tmp_path) == "require"


def test_the_queue_lies_beside_the_cache_unless_it_has_an_address_of_its_own(
    tmp_path: Path,
) -> None:
    url = "settings.HUEY['url'].split('?')[0]"

    beside = settings_say(url, tmp_path)
    own = settings_say(url, tmp_path, LYCEUM_QUEUE_URL="redis://queue:6379")

    assert (beside, own) == ("redis://:pass@cache.example.org:6379/4", "redis://queue:6379")


def test_without_engines_everything_is_files_in_the_data_folder(tmp_path: Path) -> None:
    found = "[str(d['NAME']) for d in settings.DATABASES.values()] + [settings.HUEY['filename']]"

    said = settings_say(found, tmp_path, DATABASE_URL="", REDIS_URL="")

    names = ("lyceum.sqlite3", "cache.sqlite3", "huey.sqlite3")
    assert said == str([str(tmp_path / name) for name in names])
