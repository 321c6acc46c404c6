"""`manage.py plugins …`: what there is, installing and removing, and the switches of a school."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lyceum.kernel.clock import now
from lyceum.kernel.errors import DomainError
from lyceum.kernel.plugins.host import host
from lyceum.schools.current import CurrentSchool, school_by_slug
from lyceum.schools.plugins.foreseeing import broken_by, deprecated_uses
from lyceum.schools.plugins.installing import install_plugin
from lyceum.schools.plugins.inventory import Entry, inventory
from lyceum.schools.plugins.purging import kept_of, purge_plugin
from lyceum.schools.plugins.reference import reference
from lyceum.schools.plugins.starting import kinds, start_plugin
from lyceum.schools.plugins.switching import disable_plugin, enable_plugin, find_plugin
from lyceum.schools.plugins.taking_out import write_plugin
from lyceum.schools.plugins.uninstalling import uninstall_plugin

SHELF = Path("plugins")  # of the house: manage.py runs in its folder


class Command(BaseCommand):
    help = "List, check, install and remove plugins, and switch them at a school."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")

        def add(act: Callable[..., None], told: str) -> ArgumentParser:
            made = acts.add_parser(act.__name__.strip("_"), help=told, description=told)
            made.set_defaults(do=act)
            return made

        listing = add(self._list, "All plugins, their state, and why one is not loaded.")
        listing.add_argument("--json", action="store_true", dest="as_json")
        checking = add(self._check, "Fail if a plugin is not loaded, or its tables are not right.")
        checking.add_argument("slug", nargs="*")
        checking.add_argument("--against", metavar="VERSION", help="of the host's API, to come")
        installing = add(self._install, "Make the tables of plugins; of all, if none is named.")
        installing.add_argument("slug", nargs="*")
        add(self._graph, "Which plugin requires, or comes after, which.")
        beginning = add(self._new, "Write the files of a new plugin: a small example that works.")
        beginning.add_argument("slug")
        beginning.add_argument("--kind", required=True, choices=kinds(), help="of what")
        beginning.add_argument("--shelf", type=Path, default=SHELF, help="where, else plugins/")
        add(self._reference, "The page of hooks, events and fields, as this code has it.")
        for act, told in (
            (self._enable, "Switch a plugin on at a school."),
            (self._disable, "Switch a plugin off at a school. Its data stays."),
        ):
            _of_school(add(act, told))
        purging = add(self._purge, "Show what a plugin keeps of a school; with --yes, delete it.")
        _of_school(purging).add_argument("--yes", action="store_true")
        purging.add_argument("--export", type=Path, metavar="FILE", help="first write it there")
        removing = add(self._uninstall, "Remove a plugin that no school uses from the database.")
        removing.add_argument("slug")
        removing.add_argument("--yes", action="store_true", help="delete all that it keeps")
        removing.add_argument("--keep-data", action="store_true", help="leave tables and settings")
        removing.add_argument("--code-gone", action="store_true", help="its code is broken or gone")

    def handle(self, *args: Any, do: Callable[..., None], **options: Any) -> None:
        try:
            do(**options)
        except DomainError as error:
            told = [f"{name}: {', '.join(each)}" for name, each in error.fields.items()]
            raise CommandError("\n".join([error.message, *told])) from error

    def _list(self, *, as_json: bool, **_: Any) -> None:
        entries = inventory()
        if as_json:
            self._say(json.dumps([asdict(entry) for entry in entries], indent=2))
            return
        rows: list[tuple[str, ...]] = [("slug", "version", "state", "tables", "schools", "from")]
        rows += [_row(entry) for entry in entries]
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row, entry in zip(rows, [None, *entries], strict=True):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self._say("  ".join(cells).rstrip())
            for reason in entry.reasons if entry else ():
                self._say(f"    {reason}")
            for warning in entry.warnings if entry else ():
                self._say(f"    Warning: {warning}")

    def _check(self, *, slug: list[str], against: str | None, **_: Any) -> None:
        if against is not None:
            self._foresee(slug, against)
            return
        chosen = _chosen(slug)
        for warned in chosen:
            for warning in warned.warnings:
                self._say(f"{warned.slug}: Warning: {warning}")
        wrong = [entry for entry in chosen if not entry.is_sound]
        for entry in wrong:
            self._say(f"{entry.slug}: {' '.join(_faults(entry))}")
        if wrong:
            raise CommandError(f"{len(wrong)} of the plugins cannot be used.")
        self._say("All plugins can be used.")

    def _foresee(self, slugs: list[str], version: str) -> None:
        chosen = {entry.slug for entry in _chosen(slugs)}
        broken = {slug: told for slug, told in broken_by(version).items() if slug in chosen}
        for slug, reasons in broken.items():
            self._say(f"{slug}: {' '.join(reasons)}")
        for slug, warnings in deprecated_uses().items():
            if slug in chosen - broken.keys():
                self._say(f"{slug}: Warning: {' '.join(warnings)}")
        if broken:
            raise CommandError(f"{len(broken)} of the plugins would not load on {version}.")
        self._say(f"Version {version} of the host breaks no plugin that loads here.")

    def _install(self, *, slug: list[str], **_: Any) -> None:
        for each in slug or [plugin.slug for plugin in host.loaded()]:
            made = install_plugin(slug=each, at=now())
            how = f"upgraded from {made.before}" if made.before else "installed"
            how = "is installed" if made.before == made.version else how
            tables = f"{len(made.tables)} tables" if made.tables else "it needs no tables"
            self._say(f"{made.slug} {made.version} {how}: {tables}.")
        self._say("Restart the servers and workers, so that they see it.")

    def _graph(self, **_: Any) -> None:
        for entry in inventory():
            plugin = host.plugins.get(entry.slug)
            self._say(f"{entry.slug} {entry.version}".rstrip())
            if plugin is None or plugin.manifest is None:
                continue
            for other, versions in plugin.told.requires.items():
                self._say(f"    requires {other} {versions}")
            for other, versions in plugin.told.after.items():
                self._say(f"    after {other} {versions}")
            for other in plugin.told.conflicts:
                self._say(f"    not together with {other}")

    def _new(self, *, slug: str, kind: str, shelf: Path, **_: Any) -> None:
        folder = start_plugin(slug=slug, kind=kind, shelf=shelf)
        self._say(f"{slug} is begun in {folder}. Its tests: manage.py test {folder}")

    def _reference(self, **_: Any) -> None:
        self.stdout.write(reference(), ending="")

    def _enable(self, *, slug: str, school: str, **_: Any) -> None:
        here = enable_plugin(actor=None, school=_school(school), slug=slug, at=now())
        self._say(f"{slug} is on at {here.slug}.")

    def _disable(self, *, slug: str, school: str, **_: Any) -> None:
        here = disable_plugin(actor=None, school=_school(school), slug=slug, at=now())
        self._say(f"{slug} is off at {here.slug}. Its data stays.")

    def _purge(self, *, slug: str, school: str, yes: bool, export: Path | None, **_: Any) -> None:
        here = _school(school)
        kept = kept_of(here, slug)
        for kind in kept.kinds:
            self._say(f"{kind.count:>8}  {kind.name}")
        self._say(f"{kept.files:>8}  files")
        self._say(f"{int(kept.has_settings):>8}  settings")
        for kind in kept.stays:
            self._say(f"{kind.count:>8}  {kind.name}: the school's, they stay")
        if export is not None:
            with _new(export) as out:
                write_plugin(out, actor=None, school=here, slug=slug, at=now())
            self._say(f"All that {slug} keeps of {here.slug} is in {export}.")
        if not yes:
            raise CommandError("Nothing was deleted. With --yes it is, for good.")
        purge_plugin(actor=None, school=here, slug=slug, at=now())
        self._say(f"All that {slug} kept of {here.slug} is deleted.")

    def _uninstall(
        self, *, slug: str, yes: bool, keep_data: bool, code_gone: bool, **_: Any
    ) -> None:
        if not yes and not keep_data:
            told = f"This deletes all that {slug} keeps of every school. Say --yes, or --keep-data."
            raise CommandError(told)
        tables = uninstall_plugin(slug=slug, code_gone=code_gone, keep_data=keep_data, at=now())
        for table in tables:
            self._say(f"removed {table}")
        if keep_data:
            self._say(f"{slug} is off everywhere. Its tables, files and settings stay.")
        else:
            self._say(f"{slug} is removed from the database.")
        if slug in host.plugins:
            self._say(f"Remove its code now ({find_plugin(slug).folder}), and restart.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)


def _of_school(parser: ArgumentParser) -> ArgumentParser:
    parser.add_argument("slug")
    parser.add_argument("--school", required=True, help="the school's slug")
    return parser


def _school(slug: str) -> CurrentSchool:
    return school_by_slug(slug)


def _new(path: Path) -> IO[bytes]:
    try:
        # It may name people: for nobody but who made it.
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror}.") from None
    return path.open("wb")


def _row(entry: Entry) -> tuple[str, ...]:
    version = entry.version or entry.installed or "-"
    return entry.slug, version, entry.state, entry.tables, str(entry.schools), entry.origin


def _chosen(slugs: list[str]) -> list[Entry]:
    entries = inventory()
    unknown = set(slugs) - {entry.slug for entry in entries}
    if unknown:
        raise CommandError(f"There is no plugin {', '.join(sorted(unknown))}.")
    return [entry for entry in entries if not slugs or entry.slug in slugs]


def _faults(entry: Entry) -> Iterator[str]:
    yield f"It is {entry.state}."
    yield from entry.reasons
    if entry.tables in ("absent", "outdated"):
        yield f"Its tables are {entry.tables}: run `manage.py plugins install {entry.slug}`."
