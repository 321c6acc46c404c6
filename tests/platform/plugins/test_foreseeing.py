"""An operator asks before an upgrade which plugins it would break, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.versions import HOST_API

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


def test_hooks_that_will_go_are_told_without_a_failure(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    going = replace(hooks.specifications["veto_contact"], deprecated="use another")
    monkeypatch.setitem(hooks.specifications, "veto_contact", going)

    told = told_by(capsys, "--against", HOST_API)

    assert "probe: It answers veto_contact, which is deprecated: use another" in told
    assert "breaks no plugin" in told


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
