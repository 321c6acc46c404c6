"""Reading JSON bodies, stricter than Python does."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """
    Refuses what is no JSON, or what no database keeps: NaN and Infinity, half a character.

    And a field that is sent twice, of which one would be ignored.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        body = json.loads(
            request.body, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_each_once
        )
        if rb"\u" in request.body:
            # Half of a surrogate pair can be escaped, but is no text.
            json.dumps(body, ensure_ascii=False).encode()
        return body


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise ValueError(f"{written} is more than a number can hold.")
    return number


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("A field is there twice.")
    return values
