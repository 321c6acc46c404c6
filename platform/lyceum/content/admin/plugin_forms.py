"""A plugin's settings as a form, made from their JSON schema; the plugin itself is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from lyceum.content.admin.schema_fields import (
    choices_of,
    field_of,
    label_of,
    resolved,
    told_of,
)
from lyceum.kernel.errors import DomainError
from lyceum.schools.plugins.settings import SettingsView

REMOVE = "remove-"


class SettingsForm(forms.Form):
    """
    All settings of one plugin. What fits is for the plugin to say, when they are saved.

    A secret is never shown; left empty it stays as it is.
    """

    prefix = "settings"

    def __init__(self, *args: Any, view: SettingsView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view
        properties = view.schema.get("properties", {})
        self._parts = {name: resolved(part, view.schema) for name, part in properties.items()}
        for name, part in self._parts.items():
            if name in view.secrets:
                self.fields[name] = _secret(part, is_set=view.secrets[name])
            else:
                told = told_of(part)
                self.fields[name] = field_of(part, view.schema, required=False, help_text=told)
            self.fields[name].label = label_of(name, part.get("title", ""))
            if name in view.secrets:
                if view.secrets[name]:
                    told = gettext("Remove “%(name)s”") % {"name": self.fields[name].label}
                    self.fields[REMOVE + name] = forms.BooleanField(required=False, label=told)
            else:
                default = part.get("default")
                self.fields[name].initial = view.values.get(name, default)

    def values(self) -> dict[str, Any]:
        """Return what was filled in, without secrets and what was left empty."""
        return {
            name: self.cleaned_data[name]
            for name, part in self._parts.items()
            if name not in self.view.secrets
            and (self.cleaned_data[name] not in (None, "") or _is_text(part))
        }

    def secrets(self) -> dict[str, str | None]:
        """Return the secrets to set, and with None those to remove."""
        given: dict[str, str | None] = {}
        for name in self.view.secrets:
            if self.cleaned_data.get(REMOVE + name):
                given[name] = None
            elif self.cleaned_data[name]:
                given[name] = self.cleaned_data[name]
        return given

    def show(self, problems: Mapping[str, list[str]]) -> None:
        """Say what is wrong beside the fields it is about."""
        for path, messages in problems.items():
            name, _, below = path.partition(".")
            for message in messages:
                if name in self.fields:
                    self.add_error(name, f"{below}: {message}" if below else message)
                else:
                    self.add_error(None, message)

    def show_refusal(self, error: DomainError) -> None:
        """Say why the settings were not saved."""
        if error.fields:
            self.show(error.fields)
        else:
            self.add_error(None, error.message)


def _secret(part: Mapping[str, Any], *, is_set: bool) -> forms.Field:
    set_here = gettext("It is set. Leave this empty to keep it.")
    how = set_here if is_set else gettext("It is not set.")
    # `new-password`: a browser would fill in the password of whoever sits there.
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    told = f"{told_of(part)} {how}".strip()
    return forms.CharField(required=False, strip=False, widget=widget, help_text=told)


def _is_text(part: Mapping[str, Any]) -> bool:
    return part.get("type") == "string" and not choices_of(part) and "anyOf" not in part


def faults_of(error: DomainError) -> Iterator[str]:
    """Yield the sentences in which a refusal is told on a page."""
    yield error.message
    for name, messages in error.fields.items():
        yield f"{name}: {', '.join(messages)}"
