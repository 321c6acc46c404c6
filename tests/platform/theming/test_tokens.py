"""Design tokens are read as the Design Tokens Community Group's format has them."""

from __future__ import annotations

from typing import Any

import pytest

from lyceum.theming.tokens import BadTokens, as_css, as_tree, read_tokens

BLUE = {"colorSpace": "srgb", "components": [0, 0, 1], "hex": "#0000FF"}
RED = {"colorSpace": "srgb", "components": [1, 0, 0], "hex": "#FF0000"}


def test_a_group_gives_its_type_to_what_lies_in_it() -> None:
    tokens = read_tokens({"color": {"$type": "color", "link": {"$value": BLUE}}})

    assert tokens["color.link"].type == "color"


def test_an_alias_has_the_value_of_what_it_names_and_its_type() -> None:
    tokens = read_tokens({"blue": {"$type": "color", "$value": BLUE}, "link": {"$value": "{blue}"}})

    assert tokens["link"].value == BLUE
    assert tokens["link"].type == "color"


def test_a_later_file_changes_values_and_what_refers_to_them() -> None:
    light = {
        "color": {"$type": "color", "ink": {"$value": BLUE}, "link": {"$value": "{color.ink}"}}
    }
    dark = {"color": {"ink": {"$value": RED}}}

    assert read_tokens(light, dark)["color.link"].value == RED


def test_each_type_is_written_as_css_has_it() -> None:
    tokens = read_tokens(
        {
            "color": {"$type": "color", "$value": BLUE},
            "space": {"$type": "dimension", "$value": {"value": 0.5, "unit": "rem"}},
            "quick": {"$type": "duration", "$value": {"value": 150, "unit": "ms"}},
            "text": {"$type": "fontFamily", "$value": ["Noto Sans", "sans-serif"]},
            "strong": {"$type": "fontWeight", "$value": 650},
            "line": {"$type": "number", "$value": 1.6},
        }
    )

    assert as_css(tokens).split("\n") == [
        "  --color: #0000FF;",
        "  --space: 0.5rem;",
        "  --quick: 150ms;",
        '  --text: "Noto Sans", sans-serif;',
        "  --strong: 650;",
        "  --line: 1.6;",
    ]


def test_what_is_written_out_is_read_back_the_same() -> None:
    tokens = read_tokens({"color": {"$type": "color", "link": {"$value": BLUE}}})

    assert read_tokens(as_tree(tokens)) == tokens


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ({"a": {"$type": "color", "$value": "#0000FF"}}, 'a: "#0000FF" is no color.'),
        ({"a": {"$type": "color", "$value": {**BLUE, "hex": "#0000FE"}}}, None),
        ({"a": {"$type": "color", "$value": {**BLUE, "hex": "#00FF00"}}}, "is no color."),
        ({"a": {"$type": "color", "$value": {**BLUE, "colorSpace": "lab"}}}, "is no color."),
        ({"a": {"$type": "dimension", "$value": {"value": 1, "unit": "em"}}}, "is no dimension."),
        ({"a": {"$type": "dimension", "$value": {"value": True, "unit": "px"}}}, "no dimension."),
        ({"a": {"$type": "fontFamily", "$value": ["x;}body{"]}}, "is no fontFamily."),
        ({"a": {"$type": "fontWeight", "$value": 2000}}, "is no fontWeight."),
        ({"a": {"$type": "shadow", "$value": 1}}, "a: its $type is one of "),
        ({"a": {"$value": 1}}, "a: its $type is one of "),
        ({"a": {"$value": "{b}"}}, "a: there is no token b."),
        ({"a": {"$value": "{b}"}, "b": {"$value": "{a}"}}, "a: a → b → a goes round in a circle."),
        ({"a": 5}, "a: it is neither a group nor a token with a $value."),
        ({"A b": {"$value": 1}}, "A b: write names in a-z, 0-9 and -."),
    ],
)
def test_what_cannot_be_used_is_named(file: dict[str, Any], message: str | None) -> None:
    if message is None:
        assert read_tokens(file)
        return
    with pytest.raises(BadTokens) as caught:
        read_tokens(file)
    assert message in str(caught.value)
