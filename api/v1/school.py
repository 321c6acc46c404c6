"""Schools: which there are, and what a front end must know of one."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import Field

from lyceum.accounts.privacy import closing
from lyceum.http.files import send_picture
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import PUBLIC, SCHOOL, Router, permitted
from lyceum.http.schemas import Answer, Body, Line
from lyceum.http.screens import PluginInForce, plugins_in_force
from lyceum.http.uploads import file_of
from lyceum.kernel.clock import now
from lyceum.kernel.pictures import MOST_BYTES
from lyceum.schools import queries
from lyceum.schools.current import CurrentSchool
from lyceum.schools.levels import levels_of
from lyceum.schools.settings import change_school
from lyceum.theming import logos
from lyceum.theming.logos import logo_address
from lyceum.theming.looks import themes
from lyceum.theming.tokens import as_tree

router = Router(tags=["school"])

Severity = Literal["strict", "warn", "ignore"]
SignUpPolicy = Literal["open", "code", "invitation", "approval"]
Catalogue = Literal["public", "members"]
LevelScale = Literal["cefr", "kg", "none"]


class ListedSchoolOut(Answer):
    """A school in the public list."""

    id: UUID
    slug: str
    name: str
    host: str
    languages: list[str]


class RoleOfPluginOut(Answer):
    """A role that members can have while the plugin is in force; `label` is for people."""

    code: str
    label: str


class PluginInForceOut(Answer):
    """A plugin that is in force at the school, as anyone may know it."""

    slug: str
    version: str
    web: str = Field(description="Its screens: a module to import; empty if it has none.")
    languages: list[str] = Field(description="In which its screens speak; `words/` beside `web`.")
    roles: list[RoleOfPluginOut] = Field(description="Those that it brings.")


class ThemeOut(Answer):
    """
    How the school looks: design tokens in the Design Tokens Community Group's format, 2025.10.

    In each of `light` and `dark` all of them, with no alias left; the school's colours are in them.
    """

    name: str
    version: str = Field(description="Changes with anything in it.")
    logo: str = Field(description='The address of the school\'s logo, "" without one.')
    light: dict[str, Any]
    dark: dict[str, Any]


class SchoolOut(Answer):
    """A school, as anyone may know it."""

    id: UUID
    slug: str
    name: str
    languages: list[str] = Field(description="By code; the first is the school's own.")
    level_scale: LevelScale
    levels: list[str] = Field(description="What a page may carry, easiest first; MIXED is for all.")
    signup_policy: SignUpPolicy = Field(description="How one becomes a member.")
    catalogue: Catalogue = Field(description="Who may read what is taught.")
    pass_mark: int = Field(description="In per cent: from this score on a lesson is done.")
    plugins: list[PluginInForceOut] = Field(description="What is in force here, by slug.")
    theme: ThemeOut

    @staticmethod
    def resolve_id(school: CurrentSchool) -> UUID:
        return school.uuid

    @staticmethod
    def resolve_levels(school: CurrentSchool) -> tuple[str, ...]:
        return levels_of(school.level_scale)

    @staticmethod
    def resolve_plugins(school: CurrentSchool) -> list[PluginInForce]:
        return plugins_in_force(school)

    @staticmethod
    def resolve_theme(school: CurrentSchool) -> ThemeOut:
        look = themes.look_of(school)
        return ThemeOut(
            name=look.theme.name,
            version=look.version,
            logo=logo_address(school),
            light=as_tree(look.light),
            dark=as_tree(look.dark),
        )


class SchoolSettingsOut(SchoolOut):
    """A school with what its managers set."""

    listed: bool
    allowed_origins: list[str]
    solution_at_once: bool
    enforce_time: bool
    marking: dict[str, Severity]
    marking_by_kind: dict[str, dict[str, Severity]]
    colours: dict[str, str] = Field(description="The school's own, where it has some.")


class SchoolChanges(Body):
    """What a manager may change; what is left out stays."""

    # Only what was sent is looked at: the defaults stand for nothing, and stay out of the document.

    name: Line = Field(default_factory=str, min_length=1, max_length=200)
    listed: bool = False
    signup_policy: SignUpPolicy = "invitation"
    join_code: Line = Field(default_factory=str, min_length=6, max_length=20)
    catalogue: Catalogue = "members"
    level_scale: LevelScale = "cefr"
    languages: list[str] = Field(default_factory=list, max_length=20)
    pass_mark: int = Field(default=80, ge=1, le=100)
    allowed_origins: list[str] = Field(default_factory=list, max_length=20)
    solution_at_once: bool = False
    enforce_time: bool = False
    marking: dict[str, Severity] = Field(default_factory=dict)
    marking_by_kind: dict[str, dict[str, Severity]] = Field(default_factory=dict)
    theme: Line = Field(default="classic", max_length=30, description="One that is installed.")
    colours: dict[str, str] = Field(
        default_factory=dict, description="`brand` and `accent`, as #1F5FA8; {} for the theme's."
    )


class DeleteSchool(Body):
    """The word of an admin that they mean it."""

    slug: Line = Field(max_length=50, description="The school's, typed by hand.")


@router.get(
    "/schools", access=PUBLIC, response=list[ListedSchoolOut], summary="List the public schools"
)
def list_schools(request: HttpRequest) -> list[queries.ListedSchool]:
    return queries.listed_schools()


@router.get("/school", access=SCHOOL, response=SchoolOut, summary="Read the school")
def get_school(request: HttpRequest) -> CurrentSchool:
    return school_of(request)


@router.get(
    "/school/settings",
    access=permitted("schools.change_settings"),
    scope="school:read",
    response=SchoolSettingsOut,
    summary="Read the school's settings",
)
def get_school_settings(request: HttpRequest) -> CurrentSchool:
    return school_of(request)


@router.patch(
    "/school",
    access=permitted("schools.change_settings"),
    scope="school:write",
    response=SchoolSettingsOut,
    summary="Change the school's settings",
)
def change_school_settings(request: HttpRequest, body: SchoolChanges) -> CurrentSchool:
    changes: dict[str, Any] = body.dict(exclude_unset=True)
    return change_school(actor=user_of(request), school=school_of(request), changes=changes)


@router.get("/school/logo", access=SCHOOL, response={200: bytes}, summary="Read the school's logo")
def get_logo(request: HttpRequest) -> HttpResponse:
    return send_picture(request, logos.logo_of(school_of(request)))


@router.put(
    "/school/logo",
    access=permitted("schools.change_settings"),
    scope="school:write",
    response={204: None},
    summary="Set the school's logo",
    upload=MOST_BYTES,
)
def set_logo(request: HttpRequest) -> Status[None]:
    logos.set_logo(actor=user_of(request), school=school_of(request), file=file_of(request))
    return Status(204, None)


@router.delete(
    "/school/logo",
    access=permitted("schools.change_settings"),
    scope="school:write",
    response={204: None},
    summary="Remove the school's logo",
)
def remove_logo(request: HttpRequest) -> Status[None]:
    logos.remove_logo(actor=user_of(request), school=school_of(request))
    return Status(204, None)


@router.delete(
    "/school",
    access=permitted("schools.delete", anew=True),
    response={204: None},
    summary="Delete the school for good",
)
def delete_school(request: HttpRequest, body: DeleteSchool) -> Status[None]:
    closing.delete_school(
        school=school_of(request), actor=user_of(request), confirm=body.slug, at=now()
    )
    return Status(204, None)
