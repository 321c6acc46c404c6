"""Where this instance looks for plugins."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.environment import flag
from lyceum.kernel.plugins.host import host

OWN = Path(__file__).resolve().parents[1] / "plugins"


def plugin_apps(environment: Mapping[str, str], house: Sequence[str], *shelves: Path) -> list[str]:
    """
    Find the plugins, on our own shelf and those that the environment names; return their apps.

    What is broken in one is found before Django would die of it, and costs that plugin alone.

    :param house: the apps that are installed before them
    """
    named = environment.get("LYCEUM_PLUGIN_SHELVES", "").split(os.pathsep)
    labels = {app.rpartition(".")[2] for app in house}
    return host.find_plugins(
        [OWN, *map(Path, filter(None, named)), *shelves],
        labels=labels,
        strict=flag(environment, "PLUGINS_STRICT", default=False),
    )
