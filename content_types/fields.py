"""Stream fields whose blocks come from registries, and therefore stay out of migrations."""

from __future__ import annotations

from typing import Any

from wagtail.fields import StreamField


class RegistryStreamField(StreamField):
    """
    A stream field that a migration knows by its column alone.

    Which blocks it offers depends on the plugins at hand; a plugin that brings an exercise kind
    must not make this app want a migration.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        for limit in ("min_num", "max_num", "block_counts", "collapsed"):
            kwargs.pop(limit, None)
        return name, path, [[]], kwargs
