"""What will go, and what an upgrade of the host would do to the plugins here, before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from packaging.version import InvalidVersion, Version

from lyceum.events.types import event_types
from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.deprecation import Deprecation, deprecated_names, names_imported_by
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import Plugin, State
from lyceum.kernel.plugins.resolution import resolve


class NoSuchVersion(DomainError):
    """What was given is no version of the host's API, as 1.2.0 is."""

    code = "no_such_version"
    detail = "This is no version, as 1.2.0 is."


def broken_by(version: str) -> dict[str, list[str]]:
    """
    Return the plugins that would not load on a version of the host's API, and why, by slug.

    What does not load here is left out: no upgrade breaks it. Nothing of this process changes.

    :raises NoSuchVersion: if it is none
    """
    try:
        Version(version)
    except InvalidVersion as error:
        raise NoSuchVersion(f"{version!r} is no version, as 1.2.0 is.") from error
    foreseen = {
        plugin.slug: replace(plugin, state=State.DISCOVERED, reasons=[]) for plugin in host.loaded()
    }
    lost = {slug: list(_lost_in(version, plugin)) for slug, plugin in foreseen.items()}
    for slug, plugin in foreseen.items():
        if lost[slug] and plugin.told.permits(version):
            plugin.set_aside(State.BROKEN)
    resolve(foreseen, host_api=version)
    return {
        slug: [*plugin.reasons, *lost[slug]]
        for slug, plugin in sorted(foreseen.items())
        if plugin.state is not State.DISCOVERED
    }


def warnings_of(plugin: Plugin) -> list[str]:
    """Return what a plugin builds upon that will go, when, and what takes its place."""
    if not plugin.is_loaded:
        return []
    return [f"{use}, which is {deprecation}" for use, deprecation in _deprecated_uses(plugin)]


def deprecated_uses() -> dict[str, list[str]]:
    """Return the loaded plugins that build upon what will go, by slug; see `warnings_of`."""
    found = {plugin.slug: warnings_of(plugin) for plugin in host.loaded()}
    return {slug: told for slug, told in sorted(found.items()) if told}


def _lost_in(version: str, plugin: Plugin) -> Iterator[str]:
    for use, deprecation in _deprecated_uses(plugin):
        if deprecation.is_gone_in(version):
            yield f"{use}, which is gone in {deprecation.removed_in}. {deprecation.instead}"


def _deprecated_uses(plugin: Plugin) -> Iterator[tuple[str, Deprecation]]:
    for name in plugin.told.hooks:
        hook = hooks.specifications.get(name)
        if hook is not None and hook.deprecated:
            yield f"It answers {name}", hook.deprecated
    for name in plugin.told.listens:
        event = event_types.get(name)
        if event is not None and event.deprecated:
            yield f"It listens to {name}", event.deprecated
    # Files are read only where there is something to look for.
    if plugin.folder is not None and deprecated_names.keys():
        for name in sorted({*names_imported_by(plugin.folder)} & {*deprecated_names.keys()}):
            yield f"It imports {name}", deprecated_names[name]
