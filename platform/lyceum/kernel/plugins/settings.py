"""What a plugin's `settings.py` holds: one class, whose fields are what a school can set."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any, Optional

from pydantic import BaseModel, ConfigDict, PydanticSchemaGenerationError, SecretStr
from pydantic.errors import PydanticUserError

from lyceum.kernel.plugins.host import Part, parts
from lyceum.kernel.plugins.plugins import BadPart, Plugin


class BaseSettings(BaseModel):
    """
    The base of a plugin's `Settings`: a field is a setting, a `SecretStr` field a secret.

    A field without a default has to be set before the plugin can be switched on.
    """

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, allow_inf_nan=False
    )

    def check(self) -> None:
        """
        Look at what is about to be saved, all fields together. Not in a transaction.

        :raises ValueError: a sentence for the school's managers
        """


# By slug: the classes of loaded plugins.
classes: dict[str, type[BaseSettings]] = {}


def register_part() -> None:
    """Take from every plugin the class of its `settings.py`. Called in `AppConfig.ready()`."""
    parts.register("settings", Part("settings", check=_check, add=_add))


def secret_fields(settings: type[BaseSettings]) -> frozenset[str]:
    """Return the names of the fields that are kept encrypted and never told."""
    return frozenset(
        name
        for name, field in settings.model_fields.items()
        if field.annotation in (SecretStr, SecretStr | None, Optional[SecretStr])  # noqa: UP045
    )


def required_fields(settings: type[BaseSettings]) -> frozenset[str]:
    """Return the names of the fields that a school has to set."""
    return frozenset(name for name, field in settings.model_fields.items() if field.is_required())


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    if not plugin.told.settings:
        if module is not None:
            raise BadPart("plugin.toml does not say `settings = true`.")
        return
    settings = getattr(module, "Settings", None)
    if not (isinstance(settings, type) and issubclass(settings, BaseSettings)):
        raise BadPart("It needs a class `Settings`, a BaseSettings of lyceum.plugin.settings.")
    # A subclass may set anew what the base has set.
    kept = {name: settings.model_config.get(name) for name in ("extra", "hide_input_in_errors")}
    if kept != {"extra": "forbid", "hide_input_in_errors": True}:
        raise BadPart("Settings: leave `extra` and `hide_input_in_errors` as they are.")
    if any(field.alias or field.validation_alias for field in settings.model_fields.values()):
        raise BadPart("Settings: a field has one name, and no alias.")
    try:
        schema = settings.model_json_schema()
    except (PydanticUserError, PydanticSchemaGenerationError) as error:
        raise BadPart(f"Settings: {error.message}") from error
    if len(list(_secrets_in(schema))) != len(secret_fields(settings)):
        raise BadPart("Settings: a secret is a field of its own: SecretStr, or SecretStr | None.")


def _secrets_in(schema: Any) -> Iterator[Any]:
    """Yield every part of a JSON schema, at whatever depth, that is a secret."""
    if isinstance(schema, dict):
        if schema.get("writeOnly"):
            yield schema
        for part in schema.values():
            yield from _secrets_in(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _secrets_in(part)


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    if module is not None:
        classes[plugin.slug] = module.Settings
