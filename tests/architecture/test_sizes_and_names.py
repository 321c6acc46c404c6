"""What is small is read; what has a name from the field is found."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import Function, modules

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "stuff"}
LEFT_BEHIND = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b|/work/")


def length_of(function: Function) -> int:
    """Return the lines of a function's body: its signature and docstring are there to be read."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_module_is_longer_than_300_lines() -> None:
    long = {
        module.name: lines
        for module in modules()
        if (lines := module.text.count("\n")) > LONGEST_MODULE
    }

    assert long == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{module.name}:{function.lineno} {name}": length_of(function)
        for module in modules()
        for name, function in module.functions()
        if length_of(function) > LONGEST_FUNCTION
    }

    assert long == {}


def test_no_name_says_nothing() -> None:
    names = {
        part
        for module in modules()
        for part in module.name.removesuffix(".py").split("/")
        if part in EMPTY_NAMES
    }
    functions = [
        f"{module.name}: {name}"
        for module in modules()
        for name, _ in module.functions()
        if name.split(".")[-1].startswith(("handle_", "process_"))
        # Django's middleware and the HTML parser of Python call their hooks so.
        and name.split(".")[-1]
        not in {"process_exception", "process_view", "handle_pi", "handle_decl", "handle_comment"}
        and not re.search(r"handle_(start|end|startend)tag$|handle_data$", name)
    ]

    assert (names, functions) == (set(), [])


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{module.name}:{number} {line.strip()}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), start=1)
        if LEFT_BEHIND.search(line)
    ]

    assert left == []
