"""Scripts joined into one file, so that a page asks once for all of a front end."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass

# What stands at the beginning of a line; a module is written that way, or it is not joined.
IMPORT = re.compile(
    r"^import\s+(?:\{(?P<names>[^}]*)\}\s+from\s+|\*\s+as\s+(?P<all>\w+)\s+from\s+)?"
    r'"(?P<place>\.{1,2}/[^"]+)";?[ \t]*$',
    re.MULTILINE,
)
LATER = re.compile(r'\bimport\("(?P<place>\.{1,2}/[^"]+)"\)')
DECLARED = re.compile(
    r"^export\s+(?P<kind>(?:async\s+)?function\s*\*?|class|const|let)\s+(?P<name>[\w$]+)",
    re.MULTILINE,
)
LISTED = re.compile(r"\bexport\s*\{(?P<names>[^{}]*)\};?\s*\Z")
# What is said to people who read the modules: those that begin a line, which nothing else does.
SAID = re.compile(r"^(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
LEFT = re.compile(r"^(?:import[\s{*\"]|export[\s{*]).*$", re.MULTILINE)

HEAD = """\
// Joined from the modules of the theme, which are read beside this file, each by its own name.
const __made = {};
const __tell = (told, names) => {
  for (const name in names) Object.defineProperty(told, name, { get: names[name] });
};
const __need = (name) => {
  if (!__made[name]) __parts[name]((__made[name] = {}), new URL(name, import.meta.url).href);
  return __made[name];
};
const __later = async (name) => __need(name);
const __parts = {
"""


class CannotJoin(Exception):
    """A module that is written in a way that cannot be joined; the message names it."""


@dataclass(frozen=True)
class _Part:
    """A module: its text as the body of a function, and what it needs first and later."""

    body: str
    first: tuple[str, ...]
    later: tuple[str, ...]


def join(entry: str, sources: Mapping[str, str]) -> str:
    """
    Return one module that does what `entry` does with all that it imports, now or later.

    :param sources: the text of each module by its name, as in `vendor/preact.js`
    :raises CannotJoin: if a module is not there, needs itself, or is written in another way
    """
    parts: dict[str, _Part] = {}
    wanted = [entry]
    while wanted:
        name = wanted.pop()
        if name not in parts:
            if name not in sources:
                raise CannotJoin(f"{name}: it is imported, and not there.")
            parts[name] = _part(name, sources[name])
            wanted += [*parts[name].first, *parts[name].later]
    _refuse_circles(entry, parts)
    written = "".join(
        f'// ---- {name}\n"{name}"(__told, __here) {{\n{part.body}\n}},\n'
        for name, part in sorted(parts.items())
    )
    return f'{HEAD}{written}}};\n__need("{entry}");\n'


def _part(name: str, text: str) -> _Part:
    first: list[str] = []
    later: list[str] = []
    told: dict[str, str] = {}

    def imported(found: re.Match[str]) -> str:
        first.append(_named(name, found["place"]))
        what = found["all"] or (f"{{{_renamed(found['names'])}}}" if found["names"] else "")
        return f'{"const " + what + " = " if what else ""}__need("{first[-1]}");'

    def imported_later(found: re.Match[str]) -> str:
        later.append(_named(name, found["place"]))
        return f'__later("{later[-1]}")'

    def declared(found: re.Match[str]) -> str:
        told[found["name"]] = found["name"]
        return f"{found['kind']} {found['name']}"

    def listed(found: re.Match[str]) -> str:
        for pair in filter(None, map(str.strip, found["names"].split(","))):
            inside, _, outside = pair.partition(" as ")
            told[(outside or inside).strip()] = inside.strip()
        return ""

    body = LISTED.sub(listed, DECLARED.sub(declared, IMPORT.sub(imported, SAID.sub("", text))))
    body = LATER.sub(imported_later, body).replace("import.meta.url", "__here")
    if left := LEFT.search(body):
        raise CannotJoin(f"{name}: {left.group()[:80]!r} is not a form that is joined.")
    # Before all else: a function is there for whom it needs, wherever it stands.
    names = ", ".join(f"{outside}: () => {inside}" for outside, inside in told.items())
    return _Part(f"__tell(__told, {{ {names} }});\n{body.rstrip()}", tuple(first), tuple(later))


def _named(name: str, place: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), place))


def _renamed(names: str) -> str:
    return re.sub(r"([\w$]+)\s+as\s+([\w$]+)", r"\1: \2", names)


def _refuse_circles(entry: str, parts: Mapping[str, _Part]) -> None:
    """Modules that need each other to begin with would see each other half made."""
    done: set[str] = set()

    def walk(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise CannotJoin(f"{' needs '.join([*above[above.index(name) :], name])}: a circle.")
        if name not in done:
            for each in parts[name].first:
                walk(each, (*above, name))
            done.add(name)

    for name in (entry, *parts):
        walk(name, ())
