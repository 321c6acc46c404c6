"""
Every operation of `/api/cms/` with another school's ids: nothing of it is told, nothing changed.

The walk is made from the document; a parameter of no meaning fails.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from lyceum.accounts.models import User
from lyceum.schools.current import CurrentSchool
from tests.people import a_member, a_token
from tests.telltale import Telltale, a_telltale_school

pytestmark = pytest.mark.django_db

# What an id in a path can be of; those of one's own come first, with what is within theirs.
IN_PATHS: dict[str, tuple[str, ...]] = {
    "page_id": ("lesson", "draft", "category", "root"),
    "revision_id": ("revision",),
    "image_id": ("image",),
    "document_id": ("document",),
    "media_id": ("media",),
    "site_id": ("site",),
    "redirect_id": ("lesson",),
    "locale_id": ("lesson",),
    "pk": ("lesson",),
}
NAMES = {"type": ("content_types.Lesson",), "type_name": ("content_types.Lesson",)}
PAGE_FILTERS = ("ancestor_of", "child_of", "descendant_of", "translation_of", "id")
WORDS = {"search": "search", "object_str": "search", "site": "host", "html_path": "path"}
PLAIN = frozenset(
    {
        *("locale", "order", "search_operator", "limit", "offset", "version", "rich_text_format"),
        *("type", "created_at_from", "created_at_to"),
        *("approved_go_live_at_from", "approved_go_live_at_to"),
    }
)


def document() -> dict[str, Any]:
    from wagtail.api.v3.urls import api

    found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/cms/")
    return found


def operations() -> list[tuple[str, str, list[str]]]:
    """Return each operation's method, path and parameters in the query."""
    return [
        (
            method,
            path,
            [each["name"] for each in told.get("parameters", ()) if each["in"] == "query"],
        )
        for path, item in document()["paths"].items()
        for method, told in item.items()
    ]


def paths(form: str, ours: Telltale, theirs: Telltale) -> Iterator[tuple[str, bool]]:
    """Yield a path filled with ids, and whether one of them is theirs."""
    names = re.findall(r"\{(\w+)\}", form)
    for thing in IN_PATHS.get(names[0], ("lesson",))[:2] if names else ("lesson",):
        for own_page in (False, True) if names else (True,):
            values: dict[str, Any] = {}
            for place, name in enumerate(names):
                if name in NAMES:
                    values[name] = NAMES[name][0]
                    continue
                meant = thing if place == 0 and name in IN_PATHS else IN_PATHS[name][0]
                source = ours if own_page and place == 0 else theirs
                values[name] = source[meant]
            foreign = any(name in IN_PATHS for name in names[1 if own_page else 0 :])
            yield form.format(**values), foreign


def queries(names: list[str], theirs: Telltale) -> Iterator[str]:
    """Yield what is asked of a list: each filter for itself, with what is theirs."""
    yield ""
    for name in names:
        if name in PAGE_FILTERS:
            yield f"{name}={theirs['lesson']}"
            yield f"{name}={theirs['category']}"
        elif name == "user_id":
            yield f"{name}={theirs['user']}"
        elif name in WORDS:
            text = {
                "search": theirs.search,
                "host": theirs.school.host,
                "path": f"/{theirs.school.slug}-category/",
            }
            yield f"{name}={text[WORDS[name]]}"
        else:
            assert name in PLAIN, f"{name} means nothing to this walk"


def bodies(ours: Telltale, theirs: Telltale) -> list[dict[str, Any]]:
    """Return bodies that name what is theirs, wherever a body can name something."""
    text = {"title": "Taken", "title_en": "Taken", "slug": "taken"}
    lesson = {"type": "content_types.Lesson"}
    own = {**lesson, "parent_id": ours.things["lesson"].get_parent().pk}
    link = f'<p><a linktype="page" id="{theirs["lesson"]}">there</a></p>'
    image = {"type": "image", "value": {"file": theirs["image"], "alt": "x", "caption": ""}}
    return [
        {},
        {**text, "meta": {**lesson, "parent_id": theirs["category"]}},
        {**text, "meta": own, "prerequisites": [{"required": theirs["lesson"]}]},
        {**text, "meta": own, "body_en": [image]},
        {**text, "meta": own, "body_en": [{"type": "text", "value": link}]},
        {
            **text,
            "meta": own,
            "body_en": [{"type": "pdf", "value": {"file": theirs["document"], "title": "x"}}],
        },
        {"destination_id": theirs["category"], "position": "last-child"},
        {"destination_id": ours["category"], "recursive": True, "slug": "taken", "title": "T"},
        {"revision_id": theirs["revision"]},
        {"collection_id": theirs["collection"], "title": "Taken"},
        {"locale": "en", "hostname": theirs.school.host, "root_page_id": theirs["root"]},
    ]


def author(person: User, school: CurrentSchool) -> Client:
    token = a_token(person, school, "content:read", "content:write")
    return Client(
        headers={"host": school.host, "authorization": f"Bearer {token}"},
        raise_request_exception=False,
    )


@pytest.fixture(autouse=True)
def keep_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_, **__: None)


@pytest.mark.parametrize(
    ("role", "sights"),
    [
        ("manager", 10),
        # Without a grant a creator finds less of their own school too.
        pytest.param("content_creator", 3, marks=pytest.mark.long),
    ],
)
def test_authors_find_nothing_of_another_school(role: str, sights: int) -> None:
    ours = a_telltale_school("toto", word="Apple", search="pear")
    theirs = a_telltale_school("campus", word="Zebra", search="quagga")
    client = author(a_member(ours.school, role), ours.school)
    untouched, faults, seen = theirs.dump(), [], 0

    for method, form, names in operations():
        reads = method == "get"
        for path, foreign in paths(form, ours, theirs):
            for query in queries(names, theirs) if reads and not foreign else ("",):
                # A page that is not there is not asked for in eleven ways.
                for body in ({},) if reads or foreign else bodies(ours, theirs):
                    with transaction.atomic():
                        answer = client.generic(
                            method.upper(), f"{path}?{query}", json.dumps(body), "application/json"
                        )
                        touched = not reads and theirs.dump() != untouched
                        transaction.set_rollback(True)
                    told = answer.content.decode()
                    where = f"{method} {path}?{query} {body} {answer.status_code}"
                    seen += "Apple" in told
                    if "zebra" in told.lower():
                        faults.append(f"{where} tells: {told[:200]}")
                    if foreign and answer.status_code < 400:
                        faults.append(f"{where}: a foreign id is answered: {told[:100]}")
                    if answer.status_code >= 500:
                        faults.append(f"{where}: it broke: {told[:100]}")
                    if touched:
                        faults.append(f"{where}: it changed the other school")

    assert not faults, "\n".join([f"{len(faults)}:", *faults[:30]])
    assert seen > sights
