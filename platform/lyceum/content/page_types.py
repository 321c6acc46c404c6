"""Page types that plugins bring: none, since what Wagtail knows it offers in every school."""

from __future__ import annotations

from types import ModuleType

from wagtail.models.pages import PAGE_MODEL_CLASSES

from lyceum.http.plugins import plugin_of
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin

# By the plugin's slug: the names of its page models, of which Wagtail is told nothing.
_kept_from_wagtail: dict[str, list[str]] = {}


def register_parts() -> None:
    """Look into every plugin's models for page types. Called in `AppConfig.ready()`."""
    _keep_from_wagtail()
    parts.register("page types", Part("models", check=_check, add=_add))


def _keep_from_wagtail() -> None:
    """
    Take the page models of plugins out of those that Wagtail offers.

    All models are there by now, and no plugin is loaded: whatever breaks in one, nothing of it is
    left in the editor and in the authoring API.
    """
    for model in tuple(PAGE_MODEL_CLASSES):
        if slug := plugin_of(model.__module__):
            PAGE_MODEL_CLASSES.remove(model)
            _kept_from_wagtail.setdefault(slug, []).append(model.__name__)


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    _keep_from_wagtail()
    for name in _kept_from_wagtail.get(plugin.slug, ()):
        raise BadPart(f"{name} is a page model. Plugins bring no page types.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    """There is nothing to take: a plugin with page models is broken."""
