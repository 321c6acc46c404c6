"""An operator asks before an upgrade which plugins it would break, and why."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType, SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from lyceum.events.types import event_types
from lyceum.kernel.clock import now
from lyceum.kernel.plugins.deprecation import Deprecation, deprecated_names
from lyceum.kernel.plugins.hooks import Hooks, Kind, hookimpl, hooks, hookspec
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.versions import HOST_API
from lyceum.schools.plugins.health import health_of_plugins
from lyceum.schools.plugins.inventory import inventory
from lyceum.schools.plugins.reference import reference
from lyceum.testing.plugins import a_school_with
from tests.people import a_person, a_school, signed_in

pytestmark = pytest.mark.django_db


def told_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("plugins", "check", *arguments)
    return capsys.readouterr().out


def test_a_version_that_all_permit_breaks_none(capsys: pytest.CaptureFixture[str]) -> None:
    for version in (HOST_API, "1.99"):
        assert "breaks no plugin" in told_by(capsys, "--against", version)


def test_a_version_beyond_their_ranges_names_each_with_the_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    states = {plugin.slug: plugin.state for plugin in host.plugins.values()}

    with pytest.raises(CommandError, match="would not load on"):
        call_command("plugins", "check", "--against", "2.0")

    lines = capsys.readouterr().out
    assert "probe: It needs version >=1.0,<2 of the host; this is 2.0." in lines
    assert all(f"{plugin.slug}: " in lines for plugin in host.loaded())
    # It was asked what would be: here nothing changed.
    assert states == {plugin.slug: plugin.state for plugin in host.plugins.values()}
    assert not any(plugin.reasons for plugin in host.loaded())


def test_what_requires_a_plugin_that_would_break_is_named_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper, probe = host.plugins["keeper"], host.plugins["probe"]
    further = probe.told.model_copy(
        update={"requires_lyceum": ">=1.0,<3", "requires": {"keeper": ">=1.0"}}
    )
    monkeypatch.setattr(probe, "manifest", further)

    with pytest.raises(CommandError):
        call_command("plugins", "check", "probe", "--against", "2.0")

    told = capsys.readouterr().out
    assert told == "probe: It requires keeper, which is incompatible.\n"
    assert keeper.is_loaded


GOING = Deprecation("1.1", "2.0", "Use veto_meeting instead.")
TOLD = "deprecated since 1.1, gone in 2.0. Use veto_meeting instead."


@pytest.fixture
def going(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook, an event and a name that the probe uses are deprecated."""
    hook = replace(hooks.specifications["veto_contact"], deprecated=GOING)
    monkeypatch.setitem(hooks.specifications, "veto_contact", hook)
    event = replace(event_types["member_left"], deprecated=GOING)
    monkeypatch.setitem(event_types._things, "member_left", event)
    monkeypatch.setitem(deprecated_names._things, "lyceum.plugin.hooks.Refusal", GOING)


@pytest.mark.usefixtures("going")
def test_what_will_go_is_told_wherever_plugins_are_looked_at_and_is_no_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    warnings = [
        f"It answers veto_contact, which is {TOLD}",
        f"It listens to member_left, which is {TOLD}",
        f"It imports lyceum.plugin.hooks.Refusal, which is {TOLD}",
    ]
    [probe] = [entry for entry in inventory() if entry.slug == "probe"]
    [health] = [each for each in health_of_plugins(at=now()) if each.slug == "probe"]
    call_command("plugins", "check", "probe", "keeper")
    checked = capsys.readouterr().out
    call_command("plugins", "list")
    listed = capsys.readouterr().out
    page = signed_in(a_person(is_superuser=True), a_school("toto").slug).get("/admin/plugins/")

    assert (probe.warnings, probe.is_sound) == (warnings, True)
    assert (health.warnings, health.is_well) == (warnings, True)
    assert "keeper: " not in checked
    assert "All plugins can be used." in checked
    for warning in warnings:
        assert f"probe: Warning: {warning}" in checked
        assert f"    Warning: {warning}" in listed
        assert f"Warning: {warning}" in page.content.decode()
    assert TOLD in reference()


@pytest.mark.usefixtures("going")
def test_what_is_deprecated_works_until_the_version_that_lacks_it(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "probe" in hooks.answering("veto_contact", school=a_school_with("probe"))
    told = told_by(capsys, "--against", "1.9")
    assert f"probe: Warning: It answers veto_contact, which is {TOLD}" in told
    assert "breaks no plugin" in told

    # The plugin may say that it runs on any version: it does not.
    anywhere = host.plugins["probe"].told.model_copy(update={"requires_lyceum": ">=1.0"})
    monkeypatch.setattr(host.plugins["probe"], "manifest", anywhere)
    with pytest.raises(CommandError, match="1 of the plugins would not load"):
        call_command("plugins", "check", "probe", "--against", "2.0")

    assert capsys.readouterr().out == (
        "probe: It answers veto_contact, which is gone in 2.0. Use veto_meeting instead. "
        "It listens to member_left, which is gone in 2.0. Use veto_meeting instead. "
        "It imports lyceum.plugin.hooks.Refusal, which is gone in 2.0. Use veto_meeting instead.\n"
    )


@pytest.mark.usefixtures("going")
def test_a_plugin_that_its_range_keeps_out_is_told_what_it_would_lack_as_well(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(CommandError):
        call_command("plugins", "check", "probe", "--against", "2.0")

    told = capsys.readouterr().out
    assert told.startswith("probe: It needs version >=1.0,<2 of the host; this is 2.0. It answers")


def test_a_plugin_that_answers_a_deprecated_hook_loads_without_a_warning_of_python() -> None:
    """Where warnings are errors, as in an author's tests, it would not load."""
    specified = ModuleType("hookspecs")

    @hookspec(Kind.CONTRIBUTION, deprecated=GOING)
    def register_things(school: object) -> list[str]:
        """Things."""
        raise NotImplementedError

    specified.register_things = register_things  # type: ignore[attr-defined]
    answering = ModuleType("answering")
    answering.register_things = hookimpl(  # type: ignore[attr-defined]
        lambda school: ["a thing"], specname="register_things"
    )
    own = Hooks()
    own.specify(specified)
    own.add(host.plugins["probe"], answering)
    school = SimpleNamespace(id=1, plugins=frozenset({"probe"}))

    assert own.contributions("register_things", school=school) == [("probe", ["a thing"])]


def test_nothing_goes_in_a_version_that_plugins_trust_to_have_it() -> None:
    with pytest.raises(ValueError, match="of another first number"):
        Deprecation("1.1", "1.4", "Use another.")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--against", "next"], "'next' is no version"),
        (["absent", "--against", "2.0"], "There is no plugin absent"),
    ],
)
def test_what_is_no_version_and_no_plugin_is_refused(arguments: list[str], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("plugins", "check", *arguments)
