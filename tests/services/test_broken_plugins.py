"""Plugins that cannot be loaded: the site is up without them, and says why."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.processes import ROOT
from tests.services.servers import environment_of, run_in

# For the tables alone, which `data` copies: the processes have a database of their own.
pytestmark = pytest.mark.django_db

SHELF = ROOT / "tests" / "plugins" / "broken" / "loading"
# What is told of each, in part: the file, and the field where it is one's fault.
REASONS = {
    "brings_an_admin": ("broken", "plugin.toml: roles.admin: the platform has a role"),
    "brings_a_page": ("broken", "pages.py: BadPart: Leaflet is a page model"),
    "brings_too_much": ("broken", "plugin.toml: roles.deputy.includes: manager is more"),
    "circle_one": ("blocked", "by way of circle_one and circle_two"),
    "circle_two": ("blocked", "by way of circle_one and circle_two"),
    "comes_second": ("broken", "plugin.toml: roles.herald: sound brings a role of this code"),
    "exits_in_apps": ("broken", "apps.py: SystemExit: 3"),
    "exits_in_hooks": ("broken", "hooks.py: SystemExit: 3"),
    "follower": ("blocked", "It requires raises_in_hooks"),
    "has_screens_of_html": ("broken", "web/page.html: files of this type are not served"),
    "hides_a_listener": ("broken", "plugin.toml listens to []"),
    "latin": ("broken", "latin/plugin.toml: write it in UTF-8"),
    "lonely": ("blocked", "It requires nobody_here >=1, which is not there"),
    "misspells_a_field": ("broken", "misspells_a_field/plugin.toml: colour: "),
    "misspells_a_hook": ("broken", "There is no hook regster_nouns"),
    "raises_in_api": ("broken", "api.py: RuntimeError"),
    "raises_in_apps": ("broken", "apps.py: RuntimeError"),
    "raises_in_cms": ("broken", "cms.py: RuntimeError"),
    "raises_in_hooks": ("broken", "hooks.py: RuntimeError"),
    "raises_in_migration": ("broken", "migrations/: RuntimeError"),
    "raises_in_models": ("broken", "models.py: RuntimeError"),
    "raises_in_tasks": ("broken", "tasks.py: RuntimeError"),
    "search": ("broken", "search/plugin.toml: slug: 'search' is reserved"),
    "taggit": ("broken", "slug: 'taggit' is the label of an app"),
    "too_new": ("incompatible", "It needs version >=99 of the host"),
}

USE_THE_SITE = """
import json
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
from lyceum.schools.current import school_by_slug
from lyceum.schools.plugins.switching import enable_plugin
from lyceum.kernel.clock import now
from tests.people import a_member, a_person, signed_in
call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
call_command("check")
from deploy.management.commands.run_huey import Command
Command.import_tasks()
toto = school_by_slug("toto")
manager = signed_in(a_member(toto, "manager"), "toto")
from lyceum.content.models import SchoolPage
from tests.pages import a_category
from wagtail.models import get_page_models
a_category(toto, "Animals").delete()
operator = signed_in(a_person(is_superuser=True), "toto")
enable_plugin(actor=None, school=toto, slug="sound", at=now())
told = {
    "plugins": manager.get("/api/v1/plugins").json(),
    "refusal": manager.put("/api/v1/plugins/raises_in_hooks/enabled").json(),
    "ready": Client().get("/api/v1/health/ready").json(),
    "health": operator.get("/api/v1/health/plugins").json(),
    "pages": [
        model._meta.label
        for model in (*get_page_models(), *SchoolPage.creatable_subpage_models())
    ],
    "statuses": [
        manager.get(path).status_code
        for path in ("/api/v1/school", "/api/v1/schools", "/api/v1/openapi.json", "/api/v1/me")
    ],
}
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def told(data: Path) -> Any:
    """What a site tells on whose shelf every broken plugin stands."""
    lines = run_in(environment_of(data, LYCEUM_PLUGIN_SHELVES=str(SHELF)), USE_THE_SITE)
    return json.loads(lines.splitlines()[-1])


def test_every_broken_plugin_is_tried(told: Any) -> None:
    assert {folder.name for folder in SHELF.iterdir()} == {*REASONS, "sound"}


def test_the_site_is_up_with_all_of_them_on_the_shelf(told: Any) -> None:
    assert told["statuses"] == [200] * 4


@pytest.mark.parametrize("slug", sorted(REASONS))
def test_each_is_named_with_its_reason_and_a_cure(told: Any, slug: str) -> None:
    state, reason = REASONS[slug]
    plugin = next(each for each in told["plugins"] if each["slug"] == slug)
    report = next(each for each in told["health"]["plugins"] if each["slug"] == slug)

    assert (plugin["state"], plugin["in_force"]) == (state, False)
    assert any(reason in obstacle["why"] for obstacle in plugin["obstacles"])
    assert all(obstacle["cure"] for obstacle in plugin["obstacles"])
    assert report["state"] == state
    assert any(reason in why for why in report["reasons"])


def test_one_that_is_sound_works_among_them(told: Any) -> None:
    sound = next(each for each in told["plugins"] if each["slug"] == "sound")

    assert (sound["state"], sound["in_force"], sound["obstacles"]) == ("loaded", True, [])


def test_a_page_model_of_one_is_offered_nowhere(told: Any) -> None:
    assert "content_types.Course" in told["pages"]
    assert not [label for label in told["pages"] if label.startswith("brings_a_page.")]


def test_a_broken_one_cannot_be_switched_on(told: Any) -> None:
    assert told["refusal"]["code"] == "plugin_not_ready"


def test_health_says_in_a_word_that_some_are_broken_and_names_none_to_the_public(told: Any) -> None:
    assert told["ready"]["plugins"] == "broken"
    assert not any(slug in json.dumps(told["ready"]) for slug in REASONS)


@pytest.mark.parametrize("slug", ["latin", "raises_in_apps", "raises_in_models"])
def test_in_strict_mode_nothing_starts_and_the_reason_is_told(
    data: Path, tmp_path: Path, slug: str
) -> None:
    (tmp_path / slug).symlink_to(SHELF / slug)
    environment = environment_of(data, LYCEUM_PLUGIN_SHELVES=str(tmp_path), PLUGINS_STRICT="1")

    ended = subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )

    assert ended.returncode != 0
    assert f"PLUGINS_STRICT: {slug} is " in ended.stderr
