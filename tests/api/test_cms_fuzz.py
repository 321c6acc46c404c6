"""Wagtail's document of `/api/cms/`, held to by schemathesis: whatever is sent, no crash."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from django.urls import reverse

from tests.api.fuzzing import Callers, operations_of
from tests.people import a_member, a_token
from tests.telltale import a_telltale_school

pytestmark = pytest.mark.django_db


@pytest.mark.long
def test_hundreds_of_requests_break_nothing() -> None:
    ours = a_telltale_school("toto", word="Apple", search="pear")
    theirs = a_telltale_school("campus", word="Zebra", search="quagga")
    tokens = [
        a_token(a_member(ours.school, role), ours.school, "content:read", "content:write")
        for role in ("manager", "content_creator")
    ]
    pages = [str(school[thing]) for school in (ours, theirs) for thing in ("lesson", "category")]
    things = {
        "pages": pages,
        "revisions": [str(ours["revision"])],
        "images": [str(ours["image"]), str(theirs["image"])],
        "documents": [str(ours["document"]), str(theirs["document"])],
    }
    callers = Callers(host=ours.school.host, tokens=["", *tokens, tokens[0]], things=things)

    faults = callers.try_all(operations_of(_document()), number=20)

    broken = [fault for fault in faults if "Server error" in fault]
    sys.stdout.write(f"{sorted(callers.sent.items())}\n")
    assert not broken, "\n".join(broken)
    assert max(callers.sent) < 500
    assert sum(callers.sent.values()) > 500


def _document() -> dict[str, Any]:
    from wagtail.api.v3.urls import api

    reverse("wagtailadmin_home")  # reads the addresses, which puts our door before Wagtail's
    document: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/cms/"), default=str)
    )
    return document
