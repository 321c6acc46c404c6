"""Rich text as readers get it: few tags, no scripts, links to pages by id."""

from __future__ import annotations

import pytest

from content_types.rendering.html import clean_html
from lyceum.plugin.content import Rendering
from tests.pages import a_lesson
from tests.people import a_school

pytestmark = pytest.mark.django_db


def told(source: str, rendering: Rendering | None = None) -> str:
    return clean_html(source, rendering or Rendering("en", ("en",)))


@pytest.mark.parametrize(
    ("source", "clean"),
    [
        ("<p>Hi <script>alert(1)</script>you</p>", "<p>Hi you</p>"),
        ('<p onclick="x()">Hi</p>', "<p>Hi</p>"),
        ('<p><img src="x" onerror="x()">Hi</p>', "<p>Hi</p>"),
        ('<a href="javascript:x()">Hi</a>', '<a rel="noopener noreferrer">Hi</a>'),
        ("<p><strong>So</strong> <em>it</em> is</p>", "<p><b>So</b> <i>it</i> is</p>"),
    ],
)
def test_what_could_run_is_taken_out(source: str, clean: str) -> None:
    assert told(source) == clean


def test_a_link_to_a_page_leads_by_id_and_is_noted() -> None:
    lesson = a_lesson(a_school("toto"))
    hidden = a_lesson(a_school("campus"), published=False)
    rendering = Rendering("en", ("en",))

    linked = told(f'<a linktype="page" id="{lesson.pk}">there</a>', rendering)
    nowhere = told(f'<a linktype="page" id="{hidden.pk}">there</a>', rendering)

    assert f'href="lyceum:lesson/{lesson.uuid}"' in linked
    assert "href" not in nowhere
    assert rendering.references == {("page", str(lesson.uuid)), ("page", str(hidden.uuid))}
