"""
Screens of plugins: the files of their `web/` folders, and what a front end must know to draw them.

The gate (`lyceum.http.plugins`) stands before: what is off is answered there. Which files there are
is settled when the plugin loads, so that no address can lead out of the folder.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from lyceum.http.etags import matches
from lyceum.http.problems import MethodNotAllowed, problem_of
from lyceum.kernel.errors import NotFound
from lyceum.kernel.plugins.host import Part, host, parts
from lyceum.kernel.plugins.manifest import RoleRow
from lyceum.kernel.plugins.plugins import BadPart, Plugin
from lyceum.schools.current import CurrentSchool

FOLDER = "web"
FIRST_FILE = "index.js"
WORDS = "words"
ADDRESS = "/_plugins"
# Nothing that a browser would open as a page of the school's own.
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".mp3": "audio/mpeg",
}

# By slug: the files of loaded plugins by their addresses below the version.
plugin_files: dict[str, dict[str, Path]] = {}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class PluginInForce:
    """
    A plugin as a front end sees it; `web` is its first file's address, empty if it has none.

    `languages` are those of its `words/`.
    """

    slug: str
    version: str
    web: str
    languages: tuple[str, ...]
    roles: tuple[RoleRow, ...]


def plugins_in_force(school: CurrentSchool) -> list[PluginInForce]:
    """Return what a front end must know of the plugins in force at a school. No query."""
    return [_seen(host.plugins[slug]) for slug in sorted(school.plugins)]


@dataclass(frozen=True)
class Sayings:
    """What the screens of a plugin say: `words` by name, all in one `language`."""

    language: str
    words: dict[str, str]


def sayings_in_force(school: CurrentSchool, language: str) -> dict[str, Sayings]:
    """
    Return what the screens of the plugins in force say in a language, by slug.

    One that has no such language says it in English, or in what it has. Words that cannot be read
    are logged and left out.
    """
    found = {slug: _sayings(slug, language) for slug in sorted(school.plugins)}
    return {slug: said for slug, said in found.items() if said is not None}


def _sayings(slug: str, wanted: str) -> Sayings | None:
    files = plugin_files.get(slug, {})
    there = _languages(files)
    language = next(
        (code for code in (wanted, wanted.partition("-")[0], "en", *there) if code in there), ""
    )
    if not language:
        return None
    try:
        words = json.loads(files[f"{WORDS}/{language}.json"].read_text(encoding="utf-8"))
    except (OSError, ValueError):
        logger.exception("The words of %s in %s cannot be read.", slug, language)
        return None
    return Sayings(language, words)


@csrf_exempt  # there is nothing to change, and a refusal must not be a page
def screen(request: HttpRequest, slug: str, version: str, file: str) -> HttpResponse:
    """Answer a file of a plugin in force; 304 where the reader has it already."""
    found = plugin_files.get(slug, {}).get(file)
    if found is None or host.plugins[slug].version != version or not found.is_file():
        return problem_of(NotFound())
    if request.method not in ("GET", "HEAD"):
        refusal = problem_of(MethodNotAllowed())
        refusal["Allow"] = "GET, HEAD"
        return refusal
    content = found.read_bytes()
    tag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    if matches(request.headers.get("If-None-Match", ""), tag):
        answer = HttpResponse(status=304)
        del answer["Content-Type"]
    else:
        answer = HttpResponse(content, content_type=TYPES[found.suffix])
    answer["ETag"] = tag
    # Asked about each time: the plugin may be switched off at any moment.
    answer["Cache-Control"] = "no-cache"
    return answer


def register_parts() -> None:
    """Take from every plugin the files of its `web/`. Called in `AppConfig.ready()`."""
    parts.register("screens", Part("apps", check=_check, add=_add))


def _seen(plugin: Plugin) -> PluginInForce:
    files = plugin_files.get(plugin.slug, {})
    web = f"{ADDRESS}/{plugin.slug}/{plugin.version}/{FIRST_FILE}" if files else ""
    return PluginInForce(plugin.slug, plugin.version, web, _languages(files), plugin.told.roles)


def _languages(files: dict[str, Path]) -> tuple[str, ...]:
    words = (Path(name) for name in files)
    return tuple(
        name.stem for name in words if name.parent == Path(WORDS) and name.suffix == ".json"
    )


def _check(plugin: Plugin, module: ModuleType | None) -> None:
    folder = plugin.folder / FOLDER
    if not folder.is_dir():
        return
    files = _files_in(folder)
    if FIRST_FILE not in files:
        raise BadPart(f"{FOLDER}/: it needs an {FIRST_FILE}, a module that exports register(app).")
    strange = sorted(name for name, file in files.items() if file.suffix not in TYPES)
    if strange:
        raise BadPart(f"{FOLDER}/{strange[0]}: files of this type are not served.")


def _add(plugin: Plugin, module: ModuleType | None) -> None:
    files = _files_in(plugin.folder / FOLDER)
    if files:
        plugin_files[plugin.slug] = files


def _files_in(folder: Path) -> dict[str, Path]:
    """Return the files of a folder by their names in it: none hidden, none that lies elsewhere."""
    top = folder.resolve()
    found = {}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in name.parts)
        if file.is_file() and not is_hidden and file.resolve().is_relative_to(top):
            found[name.as_posix()] = file
    return found
