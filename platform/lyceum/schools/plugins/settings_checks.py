"""Looking at a plugin's settings before they are saved, with the plugin's own code or without."""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from lyceum.kernel.errors import Invalid, Unavailable
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.settings import BaseSettings, secret_fields
from lyceum.kernel.plugins.watchdog import watchdog
from lyceum.schools.current import CurrentSchool

BUDGET = 5.0  # seconds that a plugin's own checks may take; they may ask a service outside
LARGEST = 64 * 1024  # bytes, as JSON
WHOLE = "settings"  # what a message is about that is about no field alone
SHORTEST_HIDDEN = 4  # of a secret: what is shorter would be found in any sentence
# As JSON writes it, which is not the same as a backslash before it. PostgreSQL keeps none.
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class SettingsNotChecked(Unavailable):
    """The plugin broke, or took too long, while it checked the settings. Nothing was saved."""

    code = "settings_not_checked"
    detail = "The plugin could not check these settings. Nothing was saved."


class BrokenCheck(Exception):
    """What a plugin raised over its settings: its kind and place. Its words may hold a secret."""

    def __init__(self, error: BaseException) -> None:
        place = traceback.extract_tb(error.__traceback__)[-1:]
        where = f" in {place[0].filename}, line {place[0].lineno}" if place else ""
        super().__init__(f"{type(error).__name__}{where}")


def refuse_misplaced(
    settings: type[BaseSettings], values: Mapping[str, Any], secrets: Mapping[str, str | None]
) -> None:
    """
    Refuse a secret among the values, or a value among the secrets.

    :raises Invalid: naming each
    """
    names = secret_fields(settings)
    wrong = {name: ["It is a secret: send it in `secrets`."] for name in values if name in names}
    wrong |= {name: ["There is no such secret."] for name in secrets if name not in names}
    if wrong:
        raise Invalid(fields=wrong)


def refuse_unstorable(values: Mapping[str, Any]) -> None:
    """
    Refuse values that no database takes as JSON, or that are too large.

    :raises Invalid: if they are
    """
    try:
        text = json.dumps(dict(values), allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, TypeError, RecursionError) as error:
        raise Invalid(fields={WHOLE: ["It cannot be written as JSON."]}) from error
    if len(text) > LARGEST:
        raise Invalid(fields={WHOLE: [f"It is larger than {LARGEST} bytes."]})
    if NUL.search(text):
        raise Invalid(fields={WHOLE: ["It holds a control character."]})


def checked(
    school: CurrentSchool,
    slug: str,
    settings: type[BaseSettings],
    data: dict[str, Any],
    *,
    whole: bool,
) -> BaseSettings:
    """
    Let the plugin look at its settings, guarded; with `whole`, by its own `check` as well.

    :raises Invalid: with the plugin's messages, in which no secret is told
    :raises SettingsNotChecked: if the plugin breaks or takes too long
    """

    def look() -> BaseSettings:
        instance = settings.model_validate(data)
        if whole:
            instance.check()
        return instance

    instance, error = watchdog.watch().run((slug, "settings", school.id), look, {}, BUDGET)
    if error is None:
        assert isinstance(instance, settings)
        return instance
    hidden = [str(data[name]) for name in secret_fields(settings) if name in data]
    # Nothing is chained to what is raised: the plugin's own words may hold a secret.
    if isinstance(error, ValidationError):
        raise Invalid(fields=messages_of(error, hidden)) from None
    if isinstance(error, Invalid | ValueError):
        raise Invalid(fields={WHOLE: [_without(hidden, str(error))]}) from None
    hooks.on_failure(slug, "settings", school.id, BrokenCheck(error))
    raise SettingsNotChecked from None


def messages_of(error: ValidationError, hidden: Sequence[str]) -> dict[str, list[str]]:
    """Return what is wrong by the path of each field, without the texts that are `hidden`."""
    messages: dict[str, list[str]] = {}
    for row in error.errors(include_url=False, include_context=False, include_input=False):
        path = ".".join(str(part) for part in row["loc"]) or WHOLE
        told = row["msg"].removeprefix("Value error, ")
        messages.setdefault(path, []).append(_without(hidden, told))
    return messages


def _without(hidden: Sequence[str], message: str) -> str:
    for secret in hidden:
        if len(secret) >= SHORTEST_HIDDEN:
            message = message.replace(secret, "…")
    return message
