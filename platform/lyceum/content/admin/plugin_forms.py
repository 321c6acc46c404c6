"""A plugin's settings as a form, made from their JSON schema; the plugin itself is not asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from lyceum.kernel.errors import DomainError
from lyceum.schools.plugins.settings import SettingsView

LONG = 300  # letters; what may be longer gets a box of several lines
JSON_HELP = gettext_lazy("As JSON.")
REMOVE = "remove-"


class Lines(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


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
        self._parts = {name: _resolved(part, view.schema) for name, part in properties.items()}
        for name, part in self._parts.items():
            self.fields[name] = _field(part, is_set=view.secrets.get(name))
            self.fields[name].label = _label(name, part.get("title", ""))
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


def _resolved(part: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a part of a schema with what it refers to, and without the null that it may be."""
    found = dict(part)
    for several in ("anyOf", "allOf"):
        others = [each for each in found.get(several, ()) if each.get("type") != "null"]
        if len(others) == 1:
            found = {**found, **others[0]}
            found.pop(several, None)
    if "$ref" in found:
        name = found.pop("$ref").rpartition("/")[2]
        found = {**schema.get("$defs", {}).get(name, {}), **found}
    return found


def _field(part: Mapping[str, Any], *, is_set: bool | None) -> forms.Field:
    told = part.get("description", "")
    if is_set is not None:
        set_here = gettext("It is set. Leave this empty to keep it.")
        how = set_here if is_set else gettext("It is not set.")
        # `new-password`: a browser would fill in the password of whoever sits there.
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        return forms.CharField(
            required=False, strip=False, widget=widget, help_text=f"{told} {how}".strip()
        )
    return _field_of_kind(part, required=False, help_text=told)


def _field_of_kind(part: Mapping[str, Any], **options: Any) -> forms.Field:
    kind = part.get("type")
    if "enum" in part:
        values = {str(value): value for value in part["enum"]}
        choices = [(text, text) for text in values]
        return forms.TypedChoiceField(choices=choices, coerce=values.__getitem__, **options)
    if kind == "boolean":
        return forms.BooleanField(**options)
    if kind == "integer":
        return forms.IntegerField(**options)
    if kind == "number":
        return forms.FloatField(**options)
    if kind == "string":
        is_long = part.get("maxLength", 0) > LONG
        box = forms.Textarea(attrs={"rows": 4, "dir": "auto"}) if is_long else None
        return forms.CharField(strip=False, widget=box or forms.TextInput, **options)
    if kind == "array" and part.get("items", {}).get("type") == "string":
        options["help_text"] = f"{options['help_text']} {gettext('One a line.')}".strip()
        return Lines(**options)
    options["help_text"] = f"{options['help_text']} {JSON_HELP}".strip()
    return forms.JSONField(widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}), **options)


def _is_text(part: Mapping[str, Any]) -> bool:
    return part.get("type") == "string" and "enum" not in part and "anyOf" not in part


def faults_of(error: DomainError) -> Iterator[str]:
    """Yield the sentences in which a refusal is told on a page."""
    yield error.message
    for name, messages in error.fields.items():
        yield f"{name}: {', '.join(messages)}"


def _label(name: str, title: str) -> str:
    """Return a field's title; where it has none of its own, its name as words."""
    words = name.replace("_", " ")
    # pydantic's own makes A Headline Of It.
    return words[:1].upper() + words[1:] if title in ("", words.title()) else title
