"""Which doors of a plugin are open at a school, as this process has it: all of them, or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.test import Client, RequestFactory

from lyceum.access.permissions import can, permissions_of
from lyceum.accounts.models import User
from lyceum.accounts.tokens.scopes import scopes_at, scopes_of_plugins
from lyceum.content.admin.plugin_pages import panels_of_plugins, plugin_admins
from lyceum.content.blocks.kinds import owners_of_blocks
from lyceum.content.blocks.streams import OfferingStreamBlock
from lyceum.content.exercises.kinds import kind_at, kinds_at, owners_of_kinds
from lyceum.content.types import content_types, owners_of_types, types_at
from lyceum.events.consumers import consumers
from lyceum.events.deliveries import TO_PLUGINS
from lyceum.http.plugins import plugin_of
from lyceum.http.screens import plugins_in_force
from lyceum.kernel.errors import all_errors
from lyceum.kernel.plugins.hooks import hooks
from lyceum.kernel.plugins.host import host
from lyceum.learning.activity import kinds_in
from lyceum.schools.current import CurrentSchool
from lyceum.schools.plugins.jobs import Call, is_wanted
from lyceum.schools.roles import roles_at
from lyceum.schools.scope import within
from lyceum.schools.standing import places_of
from lyceum.testing.addresses import addresses_of
from lyceum.testing.people import a_member, signed_in

Door = tuple[str, bool]  # its name, and whether it is open


def doors_at(plugin: str, school: CurrentSchool, *, operator: User) -> dict[str, bool]:
    """
    Return the doors that a loaded plugin has, each with whether it is open at a school.

    :param plugin: its slug
    :param operator: who is asked for, since they may do everything that is there
    """
    return {
        **dict(_told(plugin, school)),
        **dict(_in_the_admin(plugin, school, operator)),
        **dict(_permissions(plugin, school, operator)),
        **dict(_roles(plugin, school)),
        **dict(_scopes(plugin, school)),
        **dict(_called(plugin, school)),
        **dict(_in_pages(plugin, school)),
        **dict(_page_types(plugin, school)),
    }


def codes_of(plugin: str) -> set[str]:
    """Return the codes of the errors that a plugin brings, and the platform has not."""
    owners = [(error.code, plugin_of(error.__module__)) for error in all_errors()]
    return {code for code, slug in owners if slug == plugin} - {
        code for code, slug in owners if not slug
    }


def brought_to_pages(plugin: str) -> list[str]:
    """Return the names of the kinds of exercise and blocks that a plugin brings."""
    owners = (*owners_of_kinds.items(), *owners_of_blocks.items())
    return [name for name, owner in owners if owner == plugin]


def streams_of_pages() -> list[OfferingStreamBlock]:
    """Return every stream that takes what plugins bring."""
    fields = (field for model in apps.get_models() for field in model._meta.local_fields)
    streams = (getattr(field, "stream_block", None) for field in fields)
    return [stream for stream in streams if isinstance(stream, OfferingStreamBlock)]


def _told(plugin: str, school: CurrentSchool) -> Iterator[Door]:
    client = Client(headers={"host": school.host})
    features = [each["slug"] for each in client.get("/api/v1/school").json()["plugins"]]
    yield "GET /school", plugin in features
    yield "screens", plugin in {each.slug for each in plugins_in_force(school)}
    if any(each.startswith("/api/") for each in addresses_of(plugin)):
        paths = client.get("/api/v1/openapi.json").json()["paths"]
        yield "the document", any(path.startswith(f"/api/v1/{plugin}/") for path in paths)
    if codes := codes_of(plugin):
        explained = {page["code"] for page in client.get("/api/v1/problems").json()}
        yield from ((f"problem {code}", code in explained) for code in codes)


def _in_the_admin(plugin: str, school: CurrentSchool, operator: User) -> Iterator[Door]:
    admin = plugin_admins.get(plugin)
    if admin and admin.entries:
        home = signed_in(operator, school.slug).get("/admin/", headers={"host": school.host})
        yield "the menu", f"/admin/plugins/{plugin}/" in home.content.decode()
    if admin and admin.panels:
        request = RequestFactory().get("/admin/")
        request.user = operator
        with within(school):
            panels = panels_of_plugins(request)
        yield "panels", any(each.slug == plugin for each in panels)


def _permissions(plugin: str, school: CurrentSchool, operator: User) -> Iterator[Door]:
    held = permissions_of(operator, school)
    for permission in host.plugins[plugin].told.permissions:
        code = f"{plugin}.{permission.code}"
        yield f"the operator's {code}", can(operator, code, school)
        yield f"{code} among all that is held", code in held
        with within(school):
            yield f"{code} at the school that is asked", can(operator, code)


def _roles(plugin: str, school: CurrentSchool) -> Iterator[Door]:
    for role in host.plugins[plugin].told.roles:
        [place] = places_of(user_id=a_member(school, role.code).pk)
        yield f"role {role.code}", role.code in roles_at(school.plugins)
        yield f"role {role.code} of who was given it", place.roles == [role.code]


def _scopes(plugin: str, school: CurrentSchool) -> Iterator[Door]:
    own = scopes_of_plugins.get(plugin) or ()
    yield from ((f"scope {each.code}", each.code in scopes_at(school.plugins)) for each in own)


def _called(plugin: str, school: CurrentSchool) -> Iterator[Door]:
    told = host.plugins[plugin].told
    for hook in told.hooks:
        yield f"hook {hook}", plugin in hooks.answering(hook, school=school)
    for task in told.tasks:
        yield f"task {task}", is_wanted(Call(plugin, task, school.id))
    # News of other plugins end with those as well.
    for type in (each for each in told.listens if each.partition(".")[0] in (each, plugin)):
        hears = consumers[TO_PLUGINS + plugin].is_told_where(school.plugins, type)
        yield f"news {type}", hears
    for name in (name for name, owner in owners_of_kinds.items() if owner == plugin):
        is_offered = name in {kind.name for kind in kinds_at(school)}
        assert is_offered is (kind_at(school, name) is not None)
        yield f"exercises {name}", is_offered
    for name in told.activity_kinds:
        yield f"activity {name}", name in kinds_in(school)


def _in_pages(plugin: str, school: CurrentSchool) -> list[Door]:
    doors = []
    with within(school):
        streams = streams_of_pages()
        for name in brought_to_pages(plugin):
            shown = any(name == each.name for s in streams for each in s.ordered_child_blocks())
            doors.append((f"{name} in the editor", shown))
            doors.append((f"{name} in /api/cms/", any(s.takes(name, {}) for s in streams)))
    return doors


def _page_types(plugin: str, school: CurrentSchool) -> Iterator[Door]:
    """Yield each type of page: among what is read, and below what the editor offers it."""
    here = {kind.plural for kind in types_at(school)}
    for kind in (each for each in content_types if owners_of_types.get(each.plural) == plugin):
        model: Any = apps.get_model(kind.model)
        yield f"pages {kind.plural}", kind.plural in here
        with within(school):
            for above in model.clean_parent_page_models():
                offered = model in above.creatable_subpage_models()
                yield f"{kind.name} below {above._meta.verbose_name}", offered
