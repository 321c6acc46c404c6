"""`plugin.toml`: what a plugin says of itself, read before any line of it runs."""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from lyceum.kernel.plugins.versions import RESERVED, SLUG

FILE = "plugin.toml"
# By which editors say in what encoding they wrote; TOML knows none of them.
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class InvalidManifest(Exception):
    """A `plugin.toml` that cannot be used; each message names the file and the field."""

    def __init__(self, path: Path, messages: Iterable[str]) -> None:
        # Managers read these too, whom it does not concern where the instance keeps its files.
        self.messages = [f"{path.parent.name}/{path.name}: {message}" for message in messages]
        super().__init__("\n".join(self.messages))


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise ValueError("write 3 to 30 of a-z, 0-9 and _, a letter first")
    return value


def _free_slug(value: str) -> str:
    if _slug(value) in RESERVED:
        raise ValueError(f"{value!r} is reserved for the platform: choose another")
    return value


def _version(value: str) -> str:
    try:
        Version(value)
    except InvalidVersion as error:
        raise ValueError(f"{value!r} is no version, as in 1.2.0") from error
    return value


def _range(value: str) -> str:
    try:
        SpecifierSet(value)
    except InvalidSpecifier as error:
        raise ValueError(f"{value!r} is no range of versions, as in >=1.2,<2") from error
    return value


Slug = Annotated[str, AfterValidator(_slug)]
Range = Annotated[str, AfterValidator(_range)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=50)]
Role = Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,29}$")]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PermissionRow(_Table):
    """A right that the plugin brings: asked for as `slug.code`, held by `roles`."""

    code: Name
    label: Line
    roles: tuple[Role, ...] = ()


class RoleRow(_Table):
    """A role that the plugin brings, for as long as it is in force; it may include `student`."""

    code: Role
    label: Line
    includes: tuple[Role, ...] = ("student",)


class NoData(_Table):
    """Said in the place of a privacy provider: why the plugin needs none."""

    none: Line


class ExternalService(_Table):
    """Somebody outside the school whom the plugin tells something."""

    name: Line
    purpose: Line
    data: Line


class PublishedEvent(_Table):
    """News that the plugin tells, as `slug.type`; `version` grows when its payload changes."""

    type: Name
    version: int = Field(default=1, ge=1)


class AuditedAction(_Table):
    """A critical action that the plugin writes into the audit, as `slug.action`."""

    action: Name
    tells: Line


class Manifest(_Table):
    """All that `plugin.toml` may hold. What is not named here is refused."""

    # What stands below a field is its line in the reference.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    slug: Annotated[str, AfterValidator(_free_slug)]
    """Its name in addresses and tables: 3 to 30 of a-z, 0-9 and _, a letter first."""
    name: Line
    """What people call it."""
    summary: Line
    """One sentence for the managers who switch it on."""
    version: Annotated[str, AfterValidator(_version)]
    """The plugin's own version, as `1.2.0` (PEP 440)."""
    requires_lyceum: Range
    """The versions of the host's API that it runs on, as `>=1.0,<2`."""
    requires: dict[Slug, Range] = Field(default_factory=dict)
    """Plugins without which it is not in force, and their versions."""
    after: dict[Slug, Range] = Field(default_factory=dict)
    """Plugins that come before it where they are there, and their versions."""
    conflicts: tuple[Slug, ...] = ()
    """Slugs of plugins that it cannot be together with."""
    permissions: tuple[PermissionRow, ...] = ()
    """The rights that it brings: tables of `code`, `label` and `roles`, its own among them."""
    roles: tuple[RoleRow, ...] = ()
    """The roles that it brings: tables of `code`, `label` and `includes`: `student`, or none."""
    settings: bool = False
    """Whether it has a `settings.py`."""
    privacy: Literal["provider"] | NoData
    """`"provider"`, with a `privacy.py`; or a table with `none`: why it needs no provider."""
    data: tuple[Line, ...] = ()
    """What it keeps of people and schools, in sentences for managers."""
    external_services: tuple[ExternalService, ...] = ()
    """Who outside is told what: tables of `name`, `purpose` and `data`."""
    hooks: tuple[Name, ...] = ()
    """The hooks that its `hooks.py` answers."""
    listens: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]*$")], ...] = ()
    """The types of events that its `hooks.py` listens to."""
    publishes: tuple[PublishedEvent, ...] = ()
    """The news that it tells: tables of `type` and `version`."""
    audits: tuple[AuditedAction, ...] = ()
    """The critical actions that it writes into the audit: tables of `action` and `tells`."""
    tasks: tuple[Name, ...] = ()
    """The jobs of its `tasks.py`."""
    activity_kinds: tuple[Name, ...] = ()
    """The kinds by which its news are in the activity log, from its `hooks.py`."""

    def permits(self, version: str) -> bool:
        """Return whether the plugin can run on a version of the host's API."""
        return SpecifierSet(self.requires_lyceum).contains(version, prereleases=True)


def read_manifest(folder: Path) -> Manifest:
    """
    Read and check the manifest in a plugin's folder.

    :raises InvalidManifest: naming the file and each field that is wrong
    """
    path = folder / FILE
    try:
        return Manifest.model_validate(tomllib.loads(_text_of(path)))
    except tomllib.TOMLDecodeError as error:
        raise InvalidManifest(path, [str(error)]) from error
    except ValidationError as error:
        raise InvalidManifest(path, map(_sentence, error.errors(include_url=False))) from error


def _text_of(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        # Its own words name the whole path.
        told = f"it cannot be read: {error.strerror or type(error).__name__}"
        raise InvalidManifest(path, [told]) from None
    if content.startswith(MARKS):
        raise InvalidManifest(path, ["write it in UTF-8, without a byte order mark"])
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        told = f"write it in UTF-8: what stands in line {line} is something else"
        raise InvalidManifest(path, [told]) from error


def _sentence(row: object) -> str:
    assert isinstance(row, dict)
    field = ".".join(str(part) for part in row["loc"]) or "the file"
    return f"{field}: {row['msg'].removeprefix('Value error, ')}"
