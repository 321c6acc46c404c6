"""What an upgrade of the host would do to the plugins that are here, before it is made."""

from __future__ import annotations

from dataclasses import replace

from packaging.version import InvalidVersion, Version

from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.plugins import State
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
    resolve(foreseen, host_api=version)
    return {
        slug: plugin.reasons
        for slug, plugin in sorted(foreseen.items())
        if plugin.state is not State.DISCOVERED
    }


def deprecated_uses() -> dict[str, list[str]]:
    """Return what loaded plugins answer that a later version will not ask any more, by slug."""
    found = {
        plugin.slug: [
            f"It answers {name}, which is deprecated: {hooks.specifications[name].deprecated}"
            for name in plugin.told.hooks
            if hooks.specifications[name].deprecated
        ]
        for plugin in host.loaded()
    }
    return {slug: told for slug, told in sorted(found.items()) if told}
