"""Which plugins can be loaded together, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from packaging.specifiers import SpecifierSet

from lyceum.kernel.plugins.plugins import Plugin, State


def resolve(plugins: Mapping[str, Plugin], *, host_api: str) -> list[Plugin]:
    """
    Return the plugins that can be loaded, each after those it requires.

    Those that cannot are set aside with the reason: another version of the host, a requirement
    that is not there or is set aside itself, a circle, a conflict.
    """
    for plugin in _waiting(plugins):
        if not plugin.told.permits(host_api):
            told = (
                f"It needs version {plugin.told.requires_lyceum} of the host; this is {host_api}."
            )
            plugin.set_aside(State.INCOMPATIBLE, told)
    for circle in _circles(plugins):
        for slug in circle:
            plugins[slug].set_aside(
                State.BLOCKED, f"It requires itself, by way of {' and '.join(sorted(circle))}."
            )
    _set_conflicts_aside(plugins)
    return _in_order(plugins)


def unmet(plugin: Plugin, plugins: Mapping[str, Plugin]) -> Iterator[str]:
    """Yield a sentence for each requirement that this instance does not meet."""
    for slug, versions in plugin.told.requires.items():
        other = plugins.get(slug)
        if other is None:
            yield f"It requires {slug} {versions}, which is not there."
        elif other.state not in (State.DISCOVERED, State.LOADED):
            yield f"It requires {slug}, which is {other.state}."
        elif not SpecifierSet(versions).contains(other.version, prereleases=True):
            yield f"It requires {slug} {versions}; the one that is there is {other.version}."


def _waiting(plugins: Mapping[str, Plugin]) -> list[Plugin]:
    return [plugin for plugin in plugins.values() if plugin.state is State.DISCOVERED]


def _circles(plugins: Mapping[str, Plugin]) -> list[Collection[str]]:
    """Return each group of plugins that require one another, by way of others or directly."""
    reached = {plugin.slug: _reached_from(plugin, plugins) for plugin in _waiting(plugins)}
    groups = {
        frozenset(other for other in reach if slug in reached.get(other, ()))
        for slug, reach in reached.items()
        if slug in reach
    }
    return sorted(groups, key=sorted)


def _reached_from(plugin: Plugin, plugins: Mapping[str, Plugin]) -> set[str]:
    reached: set[str] = set()
    ahead = list(plugin.told.requires)
    while ahead:
        slug = ahead.pop()
        other = plugins.get(slug)
        if slug not in reached and other is not None and other.manifest is not None:
            reached.add(slug)
            ahead.extend(other.told.requires)
    return reached


def _set_conflicts_aside(plugins: Mapping[str, Plugin]) -> None:
    """Of two that cannot be together, set aside the one that says so: it knows of the other."""
    for plugin in _waiting(plugins):
        there = [slug for slug in plugin.told.conflicts if slug in plugins]
        if there:
            plugin.set_aside(State.BLOCKED, f"It cannot be together with {' and '.join(there)}.")


def _in_order(plugins: Mapping[str, Plugin]) -> list[Plugin]:
    order: list[Plugin] = []
    placed: set[str] = set()
    # Whoever is set aside sets aside those that require it, and so on.
    while blocked := [p for p in _waiting(plugins) if any(unmet(p, plugins))]:
        for plugin in blocked:
            plugin.set_aside(State.BLOCKED, *unmet(plugin, plugins))

    def place(plugin: Plugin, above: frozenset[str]) -> None:
        if plugin.slug in placed or plugin.slug in above:
            return
        for slug in sorted({*plugin.told.requires, *plugin.told.after}):
            other = plugins.get(slug)
            if other is not None and other.state is State.DISCOVERED:
                place(other, above | {plugin.slug})
        placed.add(plugin.slug)
        order.append(plugin)

    for plugin in sorted(_waiting(plugins), key=lambda plugin: plugin.slug):
        place(plugin, frozenset())
    return order
