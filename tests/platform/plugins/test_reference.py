"""The reference for authors says what the code does, and what is published is what it says."""

from __future__ import annotations

import json
import re

import pytest
from django.db import transaction

from lyceum.events.services import Fact, publish
from lyceum.events.types import StrangeEvent, event_types
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.manifest import Manifest
from lyceum.kernel.plugins.versions import HOST_API, SLOTS
from lyceum.schools.plugins.reference import reference
from tests.architecture.sources import ROOT

PAGE = ROOT / "platform" / "docs" / "hooks.md"
THEME = ROOT / "themes" / "classic" / "static"


def section(name: str) -> str:
    return PAGE.read_text(encoding="utf-8").partition(f"## {name}\n")[2].partition("\n## ")[0]


def test_the_page_is_what_the_code_would_write() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), (
        "Write it anew: python3 manage.py plugins reference > platform/docs/hooks.md"
    )


def test_every_hook_is_on_the_page_with_its_signature_and_no_other() -> None:
    named = dict(re.findall(r"### (\w+)\n\n    (.+)\n", section("Hooks")))

    assert named == {name: each.signature for name, each in hooks.specifications.items()}
    assert all(each.function.__doc__ for each in hooks.specifications.values())


def test_every_event_that_plugins_hear_is_on_the_page_and_no_other() -> None:
    named = re.findall(r"### (\w+)\n", section("Events"))

    assert named == sorted(each.name for each in event_types if each.of_school)
    assert "lesson_completed" in named
    assert "account_erased" not in named


def test_every_field_of_the_manifest_is_on_the_page_and_explained() -> None:
    named = re.findall(r"(?m)^\| `(\w+)` \|", section("plugin.toml"))

    assert named == list(Manifest.model_fields)
    assert all(field.description for field in Manifest.model_fields.values())


def test_every_slot_of_screens_is_on_the_page() -> None:
    assert re.findall(r"(?m)^\| `([a-z.]+)` \|", section("Screens")) == list(SLOTS)


def given_to_screens() -> dict[str, str]:
    """Return what the front end hands to `register(app)`, by name, as it is written there."""
    source = (THEME / "plugins.js").read_text(encoding="utf-8")
    written = source.partition("function appFor(")[2].partition("return Object.freeze({\n")[2]
    lines = re.findall(r"(?m)^    (\w+)(?:: (.+))?,$", written.partition("\n  });")[0])
    return dict(lines)


def test_all_that_screens_are_given_is_in_the_guide_with_its_signature_and_nothing_else() -> None:
    guide = (PAGE.parent / "plugins.md").read_text(encoding="utf-8")
    told = guide.partition("### What `app` gives\n")[2].partition("\n### ")[0]
    rows = dict(re.findall(r"(?m)^\| `(\w+(?:\(.*?\))?)` \| (.*) \|$", told))
    given = given_to_screens()

    arguments = {name: re.match(r"\((.*?)\) =>", value) for name, value in given.items()}
    signatures = [f"{name}({found[1]})" if found else name for name, found in arguments.items()]
    assert [row.replace("t(name, values)", "t") for row in rows] == signatures
    for group in ("api", "ui"):
        names = re.findall(r"`(\w+)(?:\(.*?\))?`", rows[group].partition(": ")[0])
        assert f"Object.freeze({{ {', '.join(names)} }})" == given[group]


def test_the_front_end_has_the_slots_and_the_version_of_the_host() -> None:
    guide = (PAGE.parent / "plugins.md").read_text(encoding="utf-8")
    source = (THEME / "plugins.js").read_text(encoding="utf-8")
    own = [re.sub(r"[`, ].*", "", each) for each in SLOTS]

    assert re.findall(r"(?m)^\| `([a-z.]+)` \| .* \| .*\|$", guide) == own
    assert json.loads(re.findall(r"const SLOTS = (.+);", source)[0]) == own
    assert f'const VERSION = "{HOST_API}";' in source


def test_the_classes_that_the_guide_promises_are_dressed() -> None:
    guide = (PAGE.parent / "plugins.md").read_text(encoding="utf-8")
    promised = guide.partition("the school's dress already:")[2].partition("\n\n")[0]
    dressed = (THEME / "theme.css").read_text(encoding="utf-8")

    classes = re.findall(r"`(\w+)`", promised)
    assert len(classes) > 10
    assert [name for name in classes if not re.search(rf"\.{name}\b", dressed)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (("lesson_dreamt", {}, 1), "no room declares it"),
        (("lesson_completed", {}, 1), "it lacks score"),
        (("lesson_completed", {"score": 1, "mood": "good"}, 1), "not declared to tell mood"),
        (("lesson_completed", {"score": 1}, 2), "it is version 1, and not 2"),
        (("probe.sung", {}, 1), "plugin.toml does not name it"),
        (("probe.said", {}, 2), "plugin.toml says that it is version 1, and not 2"),
    ],
)
def test_news_that_is_not_what_was_declared_is_found_by_tests(
    fact: tuple[str, dict[str, object], int], told: str
) -> None:
    type, data, version = fact

    with pytest.raises(StrangeEvent, match=told), transaction.atomic():
        publish(Fact(type, at=now(), data=data, version=version))


def test_no_event_of_the_house_looks_like_the_news_of_a_plugin() -> None:
    assert [each.name for each in event_types if "." in each.name] == []
