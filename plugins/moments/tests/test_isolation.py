"""What one school tells itself, no other hears."""

from __future__ import annotations

import pytest

from lyceum.plugin.schools import CurrentSchool
from lyceum.testing.isolation import assert_isolated
from lyceum.testing.people import a_learner, signed_in
from plugins.moments.tests.telling import comment, do, post, read
from plugins.moments.tests.test_media import a_picture, send

pytestmark = pytest.mark.django_db


def fill(school: CurrentSchool) -> None:
    """Have two people do all that can be done with a moment."""
    name = school.slug
    ana = a_learner(school, first_name="Ana", last_name=f"of {name}")
    ben = a_learner(school, first_name="Ben", last_name=f"of {name}")
    as_ana, as_ben = signed_in(ana, name), signed_in(ben, name)
    do(as_ben, "put", f"/people/{ana.uuid}/follow")
    picture = send(as_ana, a_picture())
    made = post(
        as_ana,
        f"A day at {name}",
        media=[picture["id"]],
        tags=[f"tag-{name}"],
        mentions=[str(ben.uuid)],
    )
    do(as_ben, "put", f"/{made['id']}/like")
    said = comment(as_ben, made, f"How nice at {name}")
    do(as_ana, "put", f"/comments/{said['id']}/like")
    post(as_ben, f"For my followers at {name}", visibility="followers")
    post(as_ana, f"For me alone at {name}", visibility="private")
    assert read(as_ana, "/activity")["items"]


@pytest.mark.long
def test_what_one_school_tells_no_other_hears() -> None:
    assert_isolated("moments", fill=fill)
