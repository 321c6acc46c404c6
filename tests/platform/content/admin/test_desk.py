"""The creators' home: what waits for a person, and the pages to finish."""

import csv
import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content_types.models import Lesson
from lyceum.content.models import BasePage, Readiness
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from tests.pages import a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db
DIALOGUE = {"language": "en", "lines": [{"speaker": "Ana", "text": "Hello!"}]}
SILENT = json.dumps([{"type": "dialogue", "value": DIALOGUE}])


@pytest.fixture
def school():
    return a_school(languages=["en", "es"])


def a_creator(school, page, *permissions):
    creator = a_member(school, "content_creator")
    given = set(permissions or ("add", "change"))
    grant_page(actor=None, user=creator, page=page, permissions=given, at=now())
    return creator


def home_of(browser):
    answer = browser.get("/admin/")
    assert answer.status_code == 200
    return answer.content.decode()


def desk_in(browser):
    """Return the counts on somebody's home: reviews, drafts, translations and audio."""
    desk = browser.get("/admin/").context["desk"]
    return desk.reviews, desk.drafts, desk.translations, desk.audio


def test_a_creator_finds_their_own_a_manager_the_school_s_and_a_stranger_nothing(editor_of, school):
    other = a_school(languages=["en", "es"])
    section = a_subcategory(school, title_es="Sección")
    creator, colleague = (a_creator(school, section) for _ in range(2))
    a_lesson(section, "Mine", owner=creator, published=False, title_es="Mío")
    a_lesson(section, "Theirs", owner=colleague, body_en=SILENT)
    a_lesson(section, "Imported", title_es="Importada", body_en=SILENT, body_es=SILENT)

    seen = {
        "creator": desk_in(editor_of(creator, school)),
        "colleague": desk_in(editor_of(colleague, school)),
        "manager": desk_in(editor_of(a_member(school, "manager"), school)),
        "stranger": desk_in(editor_of(a_member(other, "manager"), other)),
    }

    # A category was made for the section: it has no Spanish title.
    assert seen == {
        "creator": (0, 1, 0, 1),
        "colleague": (0, 0, 1, 2),
        "manager": (0, 1, 2, 2),
        "stranger": (0, 0, 0, 0),
    }
    home = home_of(editor_of(creator, school))
    assert "Mine" in home
    assert "Theirs" not in home
    assert "Mine" not in home_of(editor_of(a_member(other, "manager"), other))


def test_a_review_waits_on_the_home_of_who_may_publish_and_its_writer_sees_where_it_is(
    editor_of, school
):
    other = a_school()
    lesson = a_lesson(school, "Colours", published=False)
    writer, manager = a_creator(school, lesson, "change"), a_member(school, "manager")
    lesson.save_revision(user=writer)
    lesson.get_workflow().start(lesson, writer)

    told = home_of(editor_of(manager, school))

    state = lesson.current_workflow_task_state
    for deed in ("approve", "reject"):
        assert f"/admin/pages/workflow/action/{lesson.pk}/{deed}/{state.pk}/" in told
    assert "Your pages under review" not in told
    assert "Waits for a reviewer" in home_of(editor_of(writer, school))
    assert desk_in(editor_of(a_member(other, "manager"), other)) == (0, 0, 0, 0)


def test_the_home_costs_the_same_however_much_lies_on_the_desk(editor_of, school):
    manager = a_member(school, "manager")
    section = a_subcategory(school)
    browser = editor_of(manager, school)

    def fill(number):
        for _ in range(number):
            lesson = a_lesson(section, published=False, body_en=SILENT)
            lesson.save_revision(user=manager)
            lesson.get_workflow().start(lesson, manager)
        with CaptureQueriesContext(connection) as asked:
            home_of(browser)
        return len(asked)

    fill(1)
    few, many = fill(4), fill(15)

    assert many == few
    assert many <= 60


def test_the_pages_to_finish_are_filtered_and_taken_out_as_a_file(editor_of, school):
    other = a_school(languages=["en", "es"])
    section = a_subcategory(school, title_es="Sección")
    creator = a_creator(school, section)
    a_lesson(section, "=1+1", title_es="Uno", owner=creator, published=False, level="A1")
    a_lesson(section, "Two", owner=creator, level="A2")
    browser, address = editor_of(creator, school), "/admin/desk/"

    drafts = browser.get(address, {"lacks": "draft"}).content.decode()
    missing = browser.get(f"{address}results/", {"language": "es"}).content.decode()
    taken = browser.get(address, {"export": "csv", "level": "A1"})
    rows = list(csv.DictReader(io.StringIO(b"".join(taken.streaming_content).decode())))

    assert ("=1+1" in drafts, "Two" in drafts) == (True, False)
    assert ("=1+1" in missing, "Two" in missing) == (False, True)
    assert [(row["Title"], row["Status"]) for row in rows] == [("'=1+1", "Draft")]
    stranger = editor_of(a_member(other, "manager"), other).get(address).content.decode()
    assert "Two" not in stranger
    assert editor_of(a_member(school), school).get(address).status_code == 302


def test_what_a_page_lacks_is_kept_with_every_version_and_can_be_made_anew(school, capsys):
    lesson = a_lesson(school, "Colours")
    assert ",es," in Readiness.objects.get(page=lesson).languages

    for code in ("es", "ar", "fr", "de", "pt", "tr"):
        setattr(lesson, f"title_{code}", "Colores")
    lesson.save_revision()
    assert Readiness.objects.get(page=lesson).languages == ""

    Readiness.objects.filter(page=lesson).update(languages=",es,", sounds=3)
    call_command("documents", "rebuild")
    call_command("documents", "check")
    assert Readiness.objects.get(page=lesson).sounds == 0
    assert Readiness.objects.count() == BasePage.objects.exclude(latest_revision=None).count()
    Lesson.objects.get(pk=lesson.pk).delete()
    assert not Readiness.objects.filter(page_id=lesson.pk).exists()
