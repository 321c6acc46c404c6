"""Stream fields whose blocks come from registries, and therefore stay out of migrations."""

from __future__ import annotations

from typing import Any

from django.db.models import Field
from wagtail.fields import StreamField


class RegistryStreamField(StreamField):
    """
    A stream field that a migration knows by its column alone.

    Which blocks it offers depends on the plugins at hand; a plugin that brings an exercise kind
    must not make this app want a migration.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # Past StreamField's own: it would ask for the blocks before plugins have registered them.
        name, path, _, kwargs = Field.deconstruct(self)
        return name, path, [[]], kwargs

    def formfield(self, **kwargs: Any) -> Any:
        # A block may bring a widget of its own.
        if widget := getattr(self.stream_block, "widget", None):
            kwargs.setdefault("widget", widget(self.stream_block))
        return super().formfield(**kwargs)
