"""What the front end can show, against what lessons can hold."""

from __future__ import annotations

import re

from django.conf import settings

from content_types.blocks.lesson import lesson_blocks
from content_types.exercise_kinds import KINDS
from content_types.exercise_kinds.listening import FORMS

STATIC = settings.ROOT / "themes/classic/static"


def names_in(file: str, constant: str) -> set[str]:
    """Return the names that a constant of a script maps."""
    body = re.search(rf"const {constant} = {{\n(.*?)\n}};", (STATIC / file).read_text(), re.DOTALL)
    assert body is not None
    return set(re.findall(r"^  (\w+):", body[1], re.MULTILINE))


def test_every_kind_and_every_form_of_listening_has_a_player() -> None:
    assert names_in("players.js", "LOADED") == {kind.name for kind in KINDS} | FORMS.keys()


def test_every_block_of_a_lesson_is_shown() -> None:
    assert names_in("blocks.js", "BLOCKS") == {name for name, _ in lesson_blocks()}
