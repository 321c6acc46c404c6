"""What the privacy of plugins demands: a provider for every column that names a person."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from lyceum.kernel.completeness import undeclared_columns, undeclared_tables_of_schools
from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.manifest import NoData
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.kernel.privacy import Provider, SchoolHolding, providers


def register_part() -> None:
    """Take from every plugin the `PRIVACY` of its `privacy.py`. Called in `AppConfig.ready()`."""
    parts.register("privacy", Part("privacy", check=_check, add=_add))


def provider_of(plugin: Plugin, module: ModuleType | None) -> Provider:
    """
    Return what a plugin declares, guarded, and with those of its tables that are a school's.

    :raises BadPart: if its manifest says otherwise, or it declares what is not its own
    """
    says_none = isinstance(plugin.told.privacy, NoData)
    if module is None and says_none:
        return Provider(nothing=plugin.told.privacy.none, guarded=True)  # type: ignore[union-attr]
    if module is None or says_none:
        raise BadPart("The manifest's `privacy` and the file privacy.py contradict each other.")
    found = getattr(module, "PRIVACY", None)
    if not isinstance(found, Provider):
        raise BadPart("It needs a `PRIVACY`, a Provider of lyceum.plugin.privacy.")
    declared = [held.model for held in found.holdings]
    declared += [held.model for held in found.of_schools]
    foreign = [label for label in declared if label.split(".")[0] != plugin.slug]
    if foreign:
        raise BadPart(f"{foreign[0]} is not a table of the plugin.")
    return replace(found, guarded=True)


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    provider = provider_of(plugin, module)
    undeclared = undeclared_columns(app=plugin.slug, beside=provider)
    if undeclared:
        raise BadPart(f"It says nothing of columns that name people: {', '.join(undeclared)}.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    provider = provider_of(plugin, module)
    undeclared = undeclared_tables_of_schools(app=plugin.slug, beside=provider)
    tables = (column.rpartition(".") for column in undeclared)
    more = tuple(SchoolHolding(label, column) for label, _, column in tables)
    providers.register(plugin.slug, replace(provider, of_schools=(*provider.of_schools, *more)))
