"""
Page types that plugins bring: there in the schools where the plugin is in force, and nowhere else.

Wagtail is told of none of them, since what it knows it offers in every school. Our own pages offer
them below those that take them, school by school.
"""

from __future__ import annotations

import re
from types import ModuleType
from typing import Any

from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import TranslationOptions, translator
from wagtail.models.pages import PAGE_MODEL_CLASSES

from lyceum.content.models import BasePage
from lyceum.content.types import ContentType, content_types, owners_of_types
from lyceum.http.plugins import content_addresses, plugin_of
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.registries import Registry
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.elsewhere import staying

# With the school's path before it, it names a list in an index (`content.sorting.shelf_of`).
LONGEST_NAME = 30

# By their labels in lower case: the page models of plugins that are loaded.
plugin_pages: Registry[type[BasePage]] = Registry("page models of plugins")

# By the plugin's slug: its page models, of which Wagtail is told nothing.
_kept_from_wagtail: dict[str, list[type[Any]]] = {}


def register_parts() -> None:
    """Take from every plugin the `PAGES` of its `pages.py`. Called in `AppConfig.ready()`."""
    _keep_from_wagtail()
    staying.register("pages", (_("pages"), _pages_of))
    parts.register("page types", Part("pages", check=_check, add=_add))


def _pages_of(school: CurrentSchool, slug: str) -> int:
    pages = BasePage.objects.filter(path__startswith=school.root_path)
    return int(pages.filter(content_type__app_label=slug).count())


def _keep_from_wagtail() -> None:
    """
    Take the page models of plugins out of those that Wagtail offers.

    All models are there by now, and no plugin is loaded: whatever breaks in one, nothing of it is
    left in the editor and in the authoring API.
    """
    for model in tuple(PAGE_MODEL_CLASSES):
        if slug := plugin_of(model.__module__):
            PAGE_MODEL_CLASSES.remove(model)
            _kept_from_wagtail.setdefault(slug, []).append(model)


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    _keep_from_wagtail()
    models = {each._meta.label_lower: each for each in _kept_from_wagtail.get(plugin.slug, ())}
    kinds = getattr(module, "PAGES", None) if module else ()
    if not isinstance(kinds, tuple) or not all(isinstance(each, ContentType) for each in kinds):
        raise BadPart("It needs `PAGES`, a tuple of ContentType objects.")
    told = [kind.model for kind in kinds]
    for label, model in models.items():
        if told.count(label) != 1:
            raise BadPart(f"{model.__name__} is a page model: declare it once, in `PAGES`.")
    for kind in kinds:
        if kind.model not in models:
            raise BadPart(f"{kind.model!r} is no page model of {plugin.slug}.")
        _check_kind(plugin, kind, [each.plural for each in kinds])
        _check_model(plugin, models[kind.model])


def _check_kind(plugin: Plugin, kind: ContentType, plurals: list[str]) -> None:
    names = {each.name for each in content_types}
    for name in (kind.name, kind.plural):
        if not re.fullmatch(f"{plugin.slug}_[a-z0-9][a-z0-9_]*", name) or len(name) > LONGEST_NAME:
            raise BadPart(f"{name!r}: call it {plugin.slug}_ and a name of its own.")
    if kind.name in names or kind.plural in content_types or plurals.count(kind.plural) > 1:
        raise BadPart(f"There is a type {kind.name!r} already.")
    if not (kind.listed and kind.detailed) or kind.private or kind.requires:
        raise BadPart(
            f"{kind.name}: a plugin's type is listed, has a detail, and is for everybody."
        )
    for above in kind.within.values():
        if above not in content_types:
            raise BadPart(f"{kind.name}: there is no type {above!r} to look within.")


def _check_model(plugin: Plugin, model: type[Any]) -> None:
    name = model.__name__
    if not issubclass(model, BasePage):
        raise BadPart(f"{name}: build it on BasePage of lyceum.plugin.pages.")
    if not model.parent_page_types or not all(
        above.takes_pages_of_plugins for above in model.clean_parent_page_models()
    ):
        raise BadPart(
            f"{name}: say in `parent_page_types` which of the house's pages it lies below."
        )
    if getattr(model, "subpage_types", None) != []:
        raise BadPart(f"{name}: nothing lies below it: write `subpage_types = []`.")
    if "edit_handler" not in vars(model):
        raise BadPart(f"{name}: it needs an `edit_handler`: see `translated_panels`.")
    for field in model._meta.local_fields:
        other = field.related_model
        if other is not None and plugin_of(other.__module__):
            raise BadPart(f"{name}.{field.name}: a page stays when a plugin's data is deleted.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    models = {each._meta.label_lower: each for each in _kept_from_wagtail.get(plugin.slug, ())}
    for kind in module.PAGES if module else ():
        model = models[kind.model]
        options = type("PluginPageTranslation", (TranslationOptions,), {"fields": ()})
        translator.register(model, options)
        content_types.register(kind.plural, kind)
        owners_of_types.register(kind.plural, plugin.slug)
        plugin_pages.register(kind.model, model)
        content_addresses[kind.plural] = plugin.slug
