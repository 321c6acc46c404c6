"""The whole document, held to by schemathesis: no answer but those it tells of, and no crash."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from django.conf import settings

from content_types.exchange.importing import import_folder
from content_types.models import Category, Course, Exercise, Lesson, Subcategory
from lyceum.content.models import LibraryImage, LibraryMedia
from tests.api.documented import the_document
from tests.api.fuzzing import Callers, operations_of
from tests.clients import AppClient
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db

ROLES = ("student", "manager", "content_creator")
EMAIL = "{}@toto.test"


@pytest.fixture
def callers() -> Callers:
    """A school with something of everything, its people, and who stands before its door."""
    school = a_school("toto")
    people = {role: a_member(school, role, email=EMAIL.format(role)) for role in ROLES}
    import_folder(settings.ROOT / "deploy/demo/toto", school=school)
    return Callers(
        host="toto.test",
        tokens=["", *(_token(role) for role in ROLES)],
        things={
            "_allauth": ["app"] * 4 + ["browser"],
            "categories": _ids(Category),
            "subcategories": _ids(Subcategory),
            "lessons": _ids(Lesson),
            "courses": _ids(Course),
            "exercises": _ids(Exercise),
            "media": [*_ids(LibraryMedia), *_ids(LibraryImage)],
            "members": [str(person.uuid) for person in people.values()],
            "people": [str(person.uuid) for person in people.values()],
            "problems": ["not_found", "invalid"],
            "file": ["captions", "small", "large"],
        },
    )


def _ids(model: Any) -> list[str]:
    return [str(uuid) for uuid in model.objects.values_list("uuid", flat=True)]


def _token(role: str) -> str:
    app = AppClient("toto")
    app.log_in(EMAIL.format(role))
    return app.token


def test_a_few_hundred_requests_are_answered_as_the_document_says(callers: Callers) -> None:
    faults = callers.try_all(operations_of(the_document()), number=2)

    assert not faults, "\n".join(faults)
    assert sum(callers.sent.values()) > 100


@pytest.mark.long
def test_thousands_of_requests_are_answered_as_the_document_says(callers: Callers) -> None:
    faults = callers.try_all(operations_of(the_document()), number=30)

    count = sum(callers.sent.values())
    sys.stdout.write(f"{count} requests, {len(faults)} faults: {sorted(callers.sent.items())}\n")
    assert not faults, "\n".join(faults)
    assert count > 2_000
