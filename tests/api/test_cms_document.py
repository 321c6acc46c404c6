"""Wagtail's API v3, as we mount it: what it promises changes only when somebody says so."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from wagtail.api.v3.urls import api

SNAPSHOT = Path(__file__).with_name("cms-openapi.json")


@pytest.mark.django_db
def test_wagtails_document_is_the_one_that_was_accepted() -> None:
    """It is a preview of Wagtail's: a new version may change what our creators' programs use."""
    reverse("wagtailadmin_home")  # reads the addresses, which puts our door before Wagtail's
    served: dict[str, Any] = json.loads(
        json.dumps(api.get_openapi_schema(path_prefix="/api/cms/"), default=str)
    )
    if os.environ.get("LYCEUM_ACCEPT_API") == "1":
        text = json.dumps(served, indent=1, ensure_ascii=False, sort_keys=True)
        SNAPSHOT.write_text(text + "\n", encoding="utf-8")

    accepted = json.loads(SNAPSHOT.read_text(encoding="utf-8"))

    told = "The document of /api/cms/ has changed. LYCEUM_ACCEPT_API=1 takes the change over."
    assert sorted(served["paths"]) == sorted(accepted["paths"]), told
    assert served == accepted, told
