"""Every address below `/admin/`, from the resolver, and what each of its arguments can mean."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from lyceum.content.admin.addresses import THINGS
from tests.telltale import Telltale

# What each argument of an address can mean: names of things in a telltale school.
PAGES = ("draft", "lesson", "category", "root")
MEANINGS: dict[str, tuple[str, ...]] = {
    **{name: PAGES for name, model in THINGS.items() if model.__name__ == "BasePage"},
    "image_id": ("image",),
    "account": ("child",),
    "member": ("place",),
    "invitation": ("invitation",),
    "case": ("case",),
    "badge": ("badge",),
    "binned": ("binned",),
    "document_id": ("document",),
    "doc_id": ("document",),
    "media_id": ("media",),
    "revision_id": ("revision",),
    "revision_id_a": ("revision",),
    "revision_id_b": ("revision",),
    "task_state_id": ("task_state",),
    "workflow_state_id": ("workflow_state",),
    "task_id": ("task",),
    "uploaded_file_id": ("upload",),
    "session_id": ("session",),
    "workflow_pk": ("workflow",),
    "page_pk": ("draft",),
    "collection_id": ("collection",),
    "uuid": ("lesson", "category"),
}
# `pk` and the like: by the beginning of the view's name.
BY_VIEW: dict[str, tuple[str, ...]] = {
    "wagtailadmin_api:pages:": PAGES,
    "wagtailadmin_api:documents:": ("document",),
    "wagtailadmin_api:images:": ("image",),
    "wagtailadmin_pages:revisions_compare": PAGES,
    "wagtailadmin_collections:": ("collection",),
    "wagtailadmin_workflows:edit_task": ("task",),
    "wagtailadmin_workflows:disable_task": ("task",),
    "wagtailadmin_workflows:enable_task": ("task",),
    "wagtailadmin_workflows:": ("workflow",),
    "wagtailusers_users:": ("user", "manager", "student"),
    "wagtailusers_groups:": ("group",),
    "wagtailusers_api_tokens:": ("token",),
    "wagtailimages_chooser:": ("image",),
    "wagtaildocs_chooser:": ("document",),
    "schools:": ("school",),
    "plugin_probe:": ("note",),
    "plugin_keeper:": ("folder",),
    "lyceum_files:rendition": ("rendition",),
    "lyceum_files:document": ("document",),
    "lyceum_files:media": ("media",),
}
MODELS = (
    *(("content", name) for name in ("basepage", "libraryimage", "librarydocument")),
    *(("content", "librarymedia"), ("content_types", "lesson"), ("accounts", "user")),
    *(("auth", "group"), ("schools", "school"), ("wagtailcore", "collection")),
    ("schools", "membership"),
    *(("wagtailcore", "workflow"), ("wagtailcore", "revision"), ("taggit", "tag")),
)
WORDS: dict[str, tuple[str, ...]] = {
    "action_name": ("approve", "reject", "delete", "publish", "copy"),
    "action": (
        *("delete", "publish", "unpublish", "move", "add_tags", "add_to_collection"),
        *("assign_role", "set_active_state", "let_in", "refuse"),
    ),
    "media_type": ("audio", "media"),
    "filter_spec": ("max-20x20",),
    "uidb64": ("MQ",),
    "plugin": ("probe",),
    "token": ("a-token",),
    "content_type_app_name": ("content_types",),
    "plural": ("lessons",),
    "app_name": ("taggit",),
    "model_name": ("tag",),
    "content_type_model_name": ("lesson", "category"),
}
LEAVING = frozenset({"wagtailadmin_logout"})
# Looked for among one's own: another's is as if it were none, and the answer is the same.
AMONG_ONES_OWN = frozenset({"session_id"})
BROKEN_ON_PURPOSE = frozenset({"wagtailadmin_error_test"})


@dataclass(frozen=True)
class Address:
    """One address of the admin: its view's name, its form, and its arguments in their order."""

    name: str
    form: str
    arguments: tuple[str, ...]

    def filled(self, values: dict[str, Any]) -> str:
        return "/" + self.form.format(**values)


def addresses(patterns: Any = None, form: str = "", space: str = "") -> Iterator[Address]:
    """Yield every address below `/admin/`, as the resolver has it."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = form + _form_of(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            below = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, here, below)
        elif isinstance(pattern, URLPattern) and here.startswith("admin/"):
            arguments = tuple(re.findall(r"\{(\w+)\}", here))
            yield Address(f"{space}{pattern.name or ''}", here, arguments)


def _form_of(pattern: str) -> str:
    pattern = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", pattern)
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", pattern)
    return pattern.replace(r"\.", ".").replace("^", "").replace("$", "").replace(".*", "anything")


ADDRESSES = tuple(addresses())


def values_for(
    address: Address, ours: Telltale, theirs: Telltale, *, wide: bool
) -> Iterator[tuple[Any, bool]]:
    """Yield what fills an address, and whether an id of the other school is among it."""
    most = 4 if wide else 1
    columns = []
    models = MODELS if {"app_label", "model_name"} <= set(address.arguments) else (None,)
    for name in address.arguments:
        if models != (None,) and name in ("app_label", "model_name"):
            continue
        if name in WORDS:
            words = WORDS[name] if wide or len(address.arguments) > 2 else WORDS[name][:1]
            columns.append([(name, word, False) for word in words])
            continue
        things = meaning_of(address, name)
        columns.append(
            [
                *(
                    (name, _id(theirs, thing, name), name not in AMONG_ONES_OWN)
                    for thing in things[:most]
                ),
                *((name, _id(ours, thing, name), False) for thing in things[:1]),
            ]
        )
    for model in models:
        own = {"app_label": model[0], "model_name": model[1]} if model else {}
        for row in itertools.product(*columns):
            yield own | {name: value for name, value, _ in row}, any(alien for *_, alien in row)


def _id(school: Telltale, thing: str, name: str) -> Any:
    return school.things[thing].uuid if name == "uuid" else school[thing]


def meaning_of(address: Address, name: str) -> tuple[str, ...]:
    if name in MEANINGS:
        return MEANINGS[name]
    if name == "object_id":
        return (*PAGES, "image", "school", "user")
    return next(
        things for beginning, things in BY_VIEW.items() if address.name.startswith(beginning)
    )
