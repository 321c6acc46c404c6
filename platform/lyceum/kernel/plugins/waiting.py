"""What is on the shelves now and not in this process: it waits for a restart."""

from __future__ import annotations

from dataclasses import dataclass

from lyceum.kernel.plugins import discovery
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.manifest import InvalidManifest, Manifest, read_manifest


@dataclass(frozen=True)
class Waiting:
    """
    A plugin that is another than the one this process began with.

    `found` is the version on the shelf, `running` the one in this process; empty is none.
    `problems` are what is wrong with the manifest on the shelf.
    """

    slug: str
    found: str
    running: str
    problems: tuple[str, ...] = ()


def waiting_for_restart() -> list[Waiting]:
    """Look at all shelves again; return what differs, by slug. Nothing is imported."""
    waiting = []
    seen = set()
    for found in discovery.find(host.shelves):
        if found.name in seen:
            continue
        seen.add(found.name)
        manifest, problems = _read(found)
        running = host.plugins.get(found.name)
        if running is None or running.folder != found.folder or running.manifest != manifest:
            version = manifest.version if manifest else ""
            old = running.version if running else ""
            waiting.append(Waiting(found.name, version, old, problems))
    gone = host.plugins.keys() - seen
    waiting += [Waiting(slug, "", host.plugins[slug].version) for slug in gone]
    return sorted(waiting, key=lambda each: each.slug)


def _read(found: discovery.Found) -> tuple[Manifest | None, tuple[str, ...]]:
    try:
        return read_manifest(found.folder), ()
    except InvalidManifest as error:
        return None, tuple(error.messages)
