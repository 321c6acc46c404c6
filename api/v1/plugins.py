"""Plugins as a school's managers see them: what there is, and the switches."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import Status
from pydantic import ConfigDict, Field, JsonValue

from lyceum.http.files import send_archive
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import Router, permitted
from lyceum.http.schemas import Answer, Body, Text
from lyceum.http.throttling import Limit
from lyceum.kernel.clock import now
from lyceum.schools.plugins import overview, purging, settings, switching
from lyceum.schools.plugins.taking_out import take_out

router = Router(tags=["plugins"])

SWITCH = permitted("schools.switch_plugins")
PURGE = "schools.purge_plugins"
# Each is made as it is asked for; a school's whole staff may stand behind one address.
TAKING_OUT = Limit("plugin_archives", by_person=30, by_address=300, seconds=24 * 60 * 60)
Secret = Annotated[Text, Field(min_length=1, max_length=10_000)]


class ObstacleOut(Answer):
    """Why a plugin is not in force, and what would cure it."""

    why: str
    cure: str


class PluginPermissionOut(Answer):
    """A right that the plugin brings, and the roles that hold it."""

    code: str
    label: str
    roles: list[str]


class PluginRoleOut(Answer):
    """A role that the plugin brings while it is in force, and those that it includes."""

    code: str
    label: str
    includes: list[str]


class ExternalServiceOut(Answer):
    """Somebody outside the school whom the plugin tells something."""

    name: str
    purpose: str
    data: str


class PluginSettingsIn(Body):
    """All settings of a plugin; the secrets that are to change."""

    model_config = ConfigDict(str_strip_whitespace=False)

    values: dict[str, JsonValue] = Field(
        description="As the schema says. One that is left out gets its default."
    )
    secrets: dict[str, Secret | None] = Field(
        default_factory=dict, description="Those to set; null removes one; the others are kept."
    )


class PluginSettingsOut(Answer):
    """What is set. A secret is never told: only whether there is one."""

    values: dict[str, Any]
    secrets: dict[str, bool]
    settings_schema: dict[str, Any] = Field(
        description="JSON Schema of the values and secrets together."
    )
    problems: dict[str, list[str]] = Field(
        description="Fields in which what was saved does not fit the plugin's present version."
    )

    @staticmethod
    def resolve_settings_schema(view: settings.SettingsView) -> dict[str, Any]:
        return view.schema


class PluginKindOut(Answer):
    """How many things of one kind a plugin keeps."""

    name: str
    count: int

    @staticmethod
    def resolve_name(kind: purging.Kind) -> str:
        return str(kind.name)


class PluginDataOut(Answer):
    """What a plugin keeps of this school."""

    kinds: list[PluginKindOut]
    rows: int
    files: int
    has_settings: bool


class PluginOut(Answer):
    """A plugin as it stands in this school."""

    slug: str
    name: str
    summary: str
    version: str
    state: str = Field(description="Of the instance: loaded, or why it is not.")
    enabled: bool = Field(description="Whether the school has it switched on.")
    in_force: bool = Field(description="Whether it works here now.")
    obstacles: list[ObstacleOut] = Field(description="Empty where it is in force.")
    requires: dict[str, str] = Field(description="Other plugins, with the versions that will do.")
    permissions: list[PluginPermissionOut]
    roles: list[PluginRoleOut]
    data: list[str] = Field(description="What it keeps.")
    external_services: list[ExternalServiceOut]
    has_settings: bool

    @staticmethod
    def resolve_enabled(view: overview.PluginView) -> bool:
        return view.is_on

    @staticmethod
    def resolve_requires(view: overview.PluginView) -> dict[str, str]:
        return view.manifest.requires if view.manifest else {}

    @staticmethod
    def resolve_permissions(view: overview.PluginView) -> list[object]:
        return list(view.manifest.permissions) if view.manifest else []

    @staticmethod
    def resolve_roles(view: overview.PluginView) -> list[object]:
        return list(view.manifest.roles) if view.manifest else []

    @staticmethod
    def resolve_data(view: overview.PluginView) -> list[str]:
        return list(view.manifest.data) if view.manifest else []

    @staticmethod
    def resolve_external_services(view: overview.PluginView) -> list[object]:
        return list(view.manifest.external_services) if view.manifest else []

    @staticmethod
    def resolve_has_settings(view: overview.PluginView) -> bool:
        return bool(view.manifest and view.manifest.settings)


@router.get(
    "/plugins",
    access=SWITCH,
    scope="school:read",
    response=list[PluginOut],
    summary="List the plugins, and why each is or is not in force",
)
def list_plugins(request: HttpRequest) -> list[overview.PluginView]:
    return overview.plugins_of(school_of(request))


@router.put(
    "/plugins/{slug:slug}/enabled",
    access=SWITCH,
    scope="school:write",
    response={204: None},
    summary="Switch a plugin on",
)
def enable_plugin(request: HttpRequest, slug: str) -> Status[None]:
    switching.enable_plugin(actor=user_of(request), school=school_of(request), slug=slug, at=now())
    return Status(204, None)


@router.delete(
    "/plugins/{slug:slug}/enabled",
    access=SWITCH,
    scope="school:write",
    response={204: None},
    summary="Switch a plugin off; its data stays",
)
def disable_plugin(request: HttpRequest, slug: str) -> Status[None]:
    switching.disable_plugin(actor=user_of(request), school=school_of(request), slug=slug, at=now())
    return Status(204, None)


@router.get(
    "/plugins/{slug:slug}/settings",
    access=SWITCH,
    scope="school:read",
    response=PluginSettingsOut,
    summary="Read what is set of a plugin, and what can be",
)
def get_plugin_settings(request: HttpRequest, slug: str) -> settings.SettingsView:
    return settings.settings_view(school_of(request), slug)


@router.put(
    "/plugins/{slug:slug}/settings",
    access=SWITCH,
    scope="school:write",
    response=PluginSettingsOut,
    summary="Set a plugin up",
)
def put_plugin_settings(
    request: HttpRequest, slug: str, body: PluginSettingsIn
) -> settings.SettingsView:
    return settings.save_settings(
        actor=user_of(request),
        school=school_of(request),
        slug=slug,
        values=body.values,
        secrets=body.secrets,
        at=now(),
    )


@router.get(
    "/plugins/{slug:slug}/data",
    access=permitted(PURGE),
    scope="school:read",
    response=PluginDataOut,
    summary="Count what a plugin keeps of the school",
)
def get_plugin_data(request: HttpRequest, slug: str) -> purging.Kept:
    return purging.kept_of(school_of(request), slug)


@router.get(
    "/plugins/{slug:slug}/data/file",
    access=permitted(PURGE, anew=True),
    response={200: bytes},
    summary="Take out all that a plugin keeps of the school, as a ZIP",
    limit=TAKING_OUT,
)
def get_plugin_archive(request: HttpRequest, slug: str) -> FileResponse:
    made = take_out(actor=user_of(request), school=school_of(request), slug=slug, at=now())
    return send_archive(made, name=slug)


@router.delete(
    "/plugins/{slug:slug}/data",
    access=permitted(PURGE, anew=True),
    response={204: None},
    summary="Delete all that a plugin that is off keeps of the school, for good",
)
def purge_plugin(request: HttpRequest, slug: str) -> Status[None]:
    purging.purge_plugin(actor=user_of(request), school=school_of(request), slug=slug, at=now())
    return Status(204, None)
