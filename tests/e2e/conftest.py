"""The language school of the demo, with its real lessons."""

from __future__ import annotations

import pytest
from django.conf import settings

from content_types.exchange.importing import import_folder
from lyceum.schools.current import CurrentSchool
from tests.people import a_school


@pytest.fixture
def toto(db: None) -> CurrentSchool:
    school = a_school("toto", name="English with Toto")
    import_folder(settings.ROOT / "deploy/demo/toto", school=school)
    return school
