"""How the folders' YAML is written: always alike, so that equal content makes equal bytes."""

from __future__ import annotations

from typing import Any

import yaml

WIDTH = 100  # PyYAML breaks a line after the word that passes it


class _Dumper(yaml.SafeDumper):
    """Indents lists below their field, and never writes an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if "\n" in text:
        style = "|"
    elif len(text) > WIDTH - 30:
        style = ">"
    else:
        style = None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_yaml(data: dict[str, Any]) -> str:
    """Return data as YAML text: block style, the order of its keys, lines of about 110."""
    text: str = yaml.dump(
        data,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=False,
        sort_keys=False,
        width=WIDTH,
    )
    return text
