"""What form a plugin's settings get, by what their schema says of each."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from django.http import QueryDict
from pydantic import BaseModel, Field

from lyceum.content.admin.plugin_forms import SettingsForm
from lyceum.schools.plugins.settings import SettingsView


class Step(BaseModel):
    """A record of a list."""

    name: str
    points: int = Field(5, title="Worth")
    kind: Literal["cup", "big_star"] = "cup"


class Kept(BaseModel):
    """Settings with lists."""

    levels: list[int] = [100, 250]
    steps: list[Step] = []
    days: list[Literal["mon", "tue"]] = []
    media: Literal["none", "all"] = Field(
        "all", json_schema_extra={"titles": {"none": "Words alone", "all": "Pictures as well"}}
    )


def a_form(given: str | None = None, **values: Any) -> SettingsForm:
    view = SettingsView(values, {}, Kept.model_json_schema(), {})
    return SettingsForm(QueryDict(given) if given is not None else None, view=view)


def test_a_list_of_records_is_a_table_with_room_for_more() -> None:
    shown = str(a_form(steps=[{"name": "First", "points": 7, "kind": "big_star"}])["steps"])

    assert shown.count("<tr>") == 1 + 1 + 3
    assert 'value="First"' in shown
    assert '<th scope="col">Worth</th>' in shown
    assert '<option value="big_star" selected>Big star</option>' in shown
    assert 'aria-label="Name, row 2"' in shown


def test_rows_come_back_as_records_and_empty_ones_go() -> None:
    form = a_form(
        "settings-steps-0-name=&settings-steps-0-points=5&settings-steps-0-kind=cup"
        "&settings-steps-1-name=One&settings-steps-1-points=9&settings-steps-1-kind=big_star"
        "&settings-levels=1%0A2&settings-media=none&settings-days=mon"
    )

    assert form.is_valid(), form.errors
    assert form.values()["steps"] == [{"name": "One", "points": 9, "kind": "big_star"}]
    assert form.values()["levels"] == [1, 2]
    assert form.values()["days"] == ["mon"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("settings-steps-4-name=&settings-steps-4-points=x&settings-steps-4-kind=cup", "Row 1"),
        ("settings-steps-0-name=A&settings-steps-0-kind=cup&settings-steps-99999-name=B", ""),
        ("settings-levels=1%0Atwo", "Write a number on each line."),
        ("settings-media=elsewhere", "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_in_its_place(written: str, told: str) -> None:
    form = a_form(f"settings-media=all&{written}" if "media" not in written else written)

    assert form.is_valid() is not bool(told)
    assert told in str(form.errors)


def test_choices_are_told_by_their_titles() -> None:
    shown = str(a_form()["media"])

    assert '<option value="none">Words alone</option>' in shown
