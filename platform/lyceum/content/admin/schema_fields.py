"""The fields of a form that is made from a JSON schema: one for each kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

Schema = Mapping[str, Any]
LONG = 300  # letters; what may be longer gets a box of several lines
JSON_HELP = gettext_lazy("As JSON.")
SPARE = 3  # empty rows below a list of records, for new ones
SIMPLE = {"string": str, "integer": int, "number": float}


class Lines(forms.CharField):
    """A list of texts or numbers, one a line."""

    widget = forms.Textarea(attrs={"rows": 4, "dir": "auto"})

    def __init__(self, *args: Any, kind: str = "string", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[Any]:  # type: ignore[override]
        lines = [line.strip() for line in (value or "").splitlines() if line.strip()]
        try:
            return [SIMPLE[self._kind](line) for line in lines]
        except ValueError as error:
            raise forms.ValidationError(gettext("Write a number on each line.")) from error


class RowsWidget(forms.Widget):
    """A table: a row for each record, a column for each of its fields, empty rows below."""

    template_name = "content/admin/rows.html"

    def __init__(self, columns: Mapping[str, forms.Field], attrs: Any = None) -> None:
        super().__init__(attrs)
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        kept = [each for each in value or () if isinstance(each, dict)]
        context["widget"]["columns"] = [field.label for field in self.columns.values()]
        context["widget"]["rows"] = [
            [
                self._cell(f"{name}-{number}-{key}", field, row.get(key), number)
                for key, field in self.columns.items()
            ]
            for number, row in enumerate([*kept, *({} for _ in range(SPARE))])
        ]
        return context

    def _cell(self, name: str, field: forms.Field, value: Any, number: int) -> str:
        label = gettext("%(column)s, row %(number)s")
        told = label % {"column": field.label, "number": number + 1}
        attrs = {**field.widget_attrs(field.widget), "id": f"id_{name}", "aria-label": told}
        shown = field.initial if value is None else value
        return field.widget.render(name, field.prepare_value(shown), attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, Any]]:
        numbers = {
            int(number)
            for key in data
            if key.startswith(f"{name}-")
            and (number := key[len(name) + 1 :].partition("-")[0]).isdecimal()
            and len(number) < 5
        }
        return [
            {
                key: field.widget.value_from_datadict(data, files, f"{name}-{number}-{key}")
                for key, field in self.columns.items()
            }
            for number in sorted(numbers)
        ]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""


class Rows(forms.Field):
    """A list of small records. A row in which nothing is written is none."""

    def __init__(self, *args: Any, columns: Mapping[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(*args, widget=RowsWidget(columns), **kwargs)
        self.columns = columns

    def clean(self, value: Any) -> list[dict[str, Any]]:
        made, faults = [], []
        for number, row in enumerate(value or (), start=1):
            if not any(self._is_written(key, text) for key, text in row.items()):
                continue
            record = {}
            for key, field in self.columns.items():
                try:
                    record[key] = field.clean(row[key])
                except forms.ValidationError as error:
                    told = gettext("Row %(number)s, %(column)s: %(fault)s")
                    about = {"number": number, "column": field.label}
                    faults += [told % {**about, "fault": fault} for fault in error.messages]
            made.append({key: told for key, told in record.items() if told not in (None, "")})
        if faults:
            raise forms.ValidationError(faults)
        return made

    def _is_written(self, key: str, text: Any) -> bool:
        # What is chosen, ticked or filled in from the beginning says nothing.
        field = self.columns[key]
        begun = "" if field.initial is None else str(field.initial)
        is_chosen = isinstance(field, forms.ChoiceField | forms.BooleanField)
        return not is_chosen and str(text or "").strip() not in ("", begun)


def resolved(part: Schema, schema: Schema) -> dict[str, Any]:
    """Return a part of a schema with what it refers to, and without the null that it may be."""
    found = dict(part)
    for several in ("anyOf", "allOf", "oneOf"):
        others = [each for each in found.get(several, ()) if each.get("type") != "null"]
        if len(others) == 1:
            found = {**found, **others[0]}
            found.pop(several, None)
    if "$ref" in found:
        name = found.pop("$ref").rpartition("/")[2]
        found = {**schema.get("$defs", {}).get(name, {}), **found}
    return found


def field_of(part: Schema, schema: Schema, **options: Any) -> forms.Field:
    """Return the field in which a value of a resolved part of a schema is written."""
    kind, choices = part.get("type"), choices_of(part)
    if choices:
        values = {str(value): value for value in choices}
        shown = [(str(value), title) for value, title in choices.items()]
        return forms.TypedChoiceField(choices=shown, coerce=values.__getitem__, **options)
    if kind == "boolean":
        return forms.BooleanField(**options)
    if kind == "integer":
        return forms.IntegerField(**_bounds(part), **options)
    if kind == "number":
        return forms.FloatField(**_bounds(part), **options)
    if kind == "string":
        is_long = part.get("maxLength", 0) > LONG
        box = forms.Textarea(attrs={"rows": 4, "dir": "auto"}) if is_long else None
        return forms.CharField(strip=False, widget=box or forms.TextInput, **options)
    return (_list_of(part, schema, options) if kind == "array" else None) or _json(options)


def _bounds(part: Schema) -> dict[str, Any]:
    """Return the least and the most, so that what lies beyond is told in the reader's language."""
    return {"min_value": part.get("minimum"), "max_value": part.get("maximum")}


def choices_of(part: Schema) -> dict[Any, str]:
    """
    Return the values that can be chosen from, each with its title; nothing if any can be written.

    A title is that beside a constant, in `oneOf` or `anyOf`; else the one that `titles` of the part
    has for the value; else the value as words.
    """
    several = part.get("oneOf") or part.get("anyOf") or ()
    constants = [each for each in several if "const" in each]
    if constants and len(constants) == len(several):
        return {
            each["const"]: label_of(str(each["const"]), each.get("title", "")) for each in constants
        }
    titles = part.get("titles", {})
    return {value: label_of(str(value), titles.get(value, "")) for value in part.get("enum", ())}


def label_of(name: str, title: str) -> str:
    """Return a field's title; where it has none of its own, its name as words."""
    # pydantic's own makes A Headline Of It.
    own = title not in ("", name.replace("_", " ").title())
    return gettext(title if own else words(name))


def words(name: Any) -> str:
    """Return a name such as `first_lesson` as words."""
    told = str(name).replace("_", " ")
    return told[:1].upper() + told[1:]


def told_of(part: Schema) -> str:
    """Return what a part of a schema is described by, in the reader's language."""
    told = part.get("description", "")
    return gettext(told) if told else ""


def _list_of(part: Schema, schema: Schema, options: dict[str, Any]) -> forms.Field | None:
    items = resolved(part.get("items", {}), schema)
    if choices := choices_of(items):
        return forms.TypedMultipleChoiceField(
            choices=[(str(value), title) for value, title in choices.items()],
            coerce={str(value): value for value in choices}.__getitem__,
            widget=forms.CheckboxSelectMultiple,
            **options,
        )
    if items.get("type") in SIMPLE:
        options["help_text"] = _with(options, gettext("One a line."))
        return Lines(kind=items["type"], **options)
    parts = {name: resolved(each, schema) for name, each in items.get("properties", {}).items()}
    if not all(_fits_a_cell(each) for each in parts.values()):
        return None
    if not any(each.get("type") in SIMPLE and not choices_of(each) for each in parts.values()):
        return None
    columns = {
        name: field_of(each, schema, required=name in items.get("required", ()))
        for name, each in parts.items()
    }
    for name, field in columns.items():
        field.label = label_of(name, parts[name].get("title", ""))
        field.initial = parts[name].get("default")
        if isinstance(field, forms.BooleanField):
            field.required = False
    empty = gettext(
        "Empty a row to take it out; there is room for more below, and again once saved."
    )
    options["help_text"] = _with(options, empty)
    return Rows(columns=columns, **options)


def _fits_a_cell(part: Schema) -> bool:
    return bool(choices_of(part)) or part.get("type") in ("boolean", *SIMPLE)


def _json(options: dict[str, Any]) -> forms.Field:
    options["help_text"] = _with(options, str(JSON_HELP))
    return forms.JSONField(widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}), **options)


def _with(options: Mapping[str, Any], told: str) -> str:
    return f"{options.get('help_text', '')} {told}".strip()
