"""New plugins: a small working example under a name of its author's, tests included."""

from __future__ import annotations

from pathlib import Path
from string import Template

from packaging.version import Version

from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.host import host
from lyceum.kernel.plugins.versions import HOST_API, RESERVED, SLUG

STARTERS = Path(__file__).parent / "starters"
TEMPLATE = "-tpl"  # at the end of every name there, so that nothing takes them for code


class CannotStart(DomainError):
    """A plugin of this name cannot be begun here."""

    code = "plugin_not_started"
    detail = "A plugin of this name cannot be begun here."


def kinds() -> list[str]:
    """Return what a new plugin can be an example of."""
    return sorted(folder.name for folder in STARTERS.iterdir() if folder.is_dir())


def start_plugin(*, slug: str, kind: str, shelf: Path) -> Path:
    """
    Write the files of a new plugin; return its folder.

    :param slug: the plugin's name in addresses and tables
    :param kind: one of `kinds()`
    :param shelf: the folder in which its own is made
    :raises CannotStart: saying why the name, the kind or the place cannot be taken; nothing is made
    """
    folder = shelf / slug
    _check(slug, kind, folder)
    words = {
        "slug": slug,
        "name": slug.replace("_", " ").capitalize(),
        "camel": "".join(part.capitalize() for part in slug.split("_")),
        "dashed": slug.replace("_", "-"),
        "range": f">={Version(HOST_API).major}.{Version(HOST_API).minor},"
        f"<{Version(HOST_API).major + 1}",
    }
    starter = STARTERS / kind
    for source in sorted(starter.rglob(f"*{TEMPLATE}")):
        target = folder / source.relative_to(starter).as_posix().removesuffix(TEMPLATE)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = Template(source.read_text(encoding="utf-8")).substitute(words)
        target.write_text(text, encoding="utf-8")
    return folder


def _check(slug: str, kind: str, folder: Path) -> None:
    if not SLUG.match(slug):
        raise CannotStart(f"{slug!r}: write 3 to 30 of a-z, 0-9 and _, a letter first.")
    if slug in RESERVED:
        raise CannotStart(f"{slug!r} is reserved for the platform: choose another.")
    if slug in host.plugins:
        raise CannotStart(f"{slug!r} is taken: it is in {host.plugins[slug].folder}.")
    if kind not in kinds():
        raise CannotStart(f"There is no kind {kind!r}; there are {', '.join(kinds())}.")
    if folder.exists():
        raise CannotStart(f"{folder} is there already.")
    if not folder.parent.is_dir():
        raise CannotStart(f"{folder.parent} is no folder.")
