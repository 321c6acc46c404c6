"""A school is shown in its theme, in its own colours, and everything can be read."""

from __future__ import annotations

import random

import pytest

from lyceum.kernel.errors import Invalid
from lyceum.schools.current import school_by_id
from lyceum.schools.models import School
from lyceum.schools.settings import change_school
from lyceum.theming.colours import contrast, readable_on, text_on
from lyceum.theming.looks import themes
from lyceum.theming.themes import faults_of
from lyceum.theming.tokens import colour_of
from tests.people import a_person, a_school

pytestmark = pytest.mark.django_db


def test_contrast_is_what_wcag_says() -> None:
    # https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio: black on white is 21, a colour on itself 1.
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#1F5FA8", "#1F5FA8") == 1
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_school_without_colours_has_those_of_its_theme() -> None:
    look = themes.look_of(a_school("toto"))

    assert look.theme.name == "classic"
    assert look.light == look.theme.light


def test_a_school_s_colour_dresses_all_that_goes_with_it() -> None:
    school, manager = a_school("toto"), a_person()

    changed = change_school(actor=manager, school=school, changes={"colours": {"brand": "#6A1B9A"}})
    look = themes.look_of(changed)

    assert colour_of(look.light, "color.brand") == "#6A1B9A"
    assert colour_of(look.light, "color.on-brand") == "#FFFFFF"
    assert "--color-brand: #6A1B9A;" in look.css
    assert look.version != themes.look_of(a_school("campus")).version


def test_any_colour_at_all_is_refused_with_one_that_is_taken() -> None:
    school, manager = a_school("toto"), a_person()
    chance = random.Random(4)

    for _ in range(40):
        colour = f"#{chance.randrange(1 << 24):06X}"
        name = chance.choice(["brand", "accent"])
        try:
            changed = change_school(
                actor=manager, school=school, changes={"colours": {name: colour}}
            )
        except Invalid as refusal:
            (told,) = refusal.fields[f"colours.{name}"]
            near = told.split("; ")[1][:7]
            changed = change_school(actor=manager, school=school, changes={"colours": {name: near}})
        look = themes.look_of(changed)
        assert faults_of(look.light) == faults_of(look.dark) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"theme": "nobody"}, "theme"),
        ({"theme": "../classic"}, "theme"),
        ({"colours": {"brand": "blue"}}, "colours.brand"),
        ({"colours": {"brand": "#12345G"}}, "colours.brand"),
        ({"colours": {"ink": "#000000"}}, "colours.ink"),
        ({"colours": {"brand": "#FFCC00"}}, "colours.brand"),
    ],
)
def test_what_cannot_be_used_is_refused(changes: dict[str, object], field: str) -> None:
    school = a_school("toto")

    with pytest.raises(Invalid) as caught:
        change_school(actor=a_person(), school=school, changes=changes)

    assert list(caught.value.fields) == [field]


def test_a_school_whose_theme_broke_is_shown_in_the_classic_one_and_can_still_change() -> None:
    row = School.objects.get(pk=a_school("toto").id)
    row.theme = "gone"
    row.save()
    school = school_by_id(row.id)

    assert themes.look_of(school).theme.name == "classic"
    changed = change_school(actor=a_person(), school=school, changes={"name": "Toto"})

    assert changed.name == "Toto"


def test_black_or_white_can_be_read_on_any_ground() -> None:
    chance = random.Random(7)
    for _ in range(200):
        ground = f"#{chance.randrange(1 << 24):06X}"
        assert contrast(text_on(ground), ground) >= 4.5
        assert contrast(readable_on(ground, ground, 4.5), ground) >= 4.5
