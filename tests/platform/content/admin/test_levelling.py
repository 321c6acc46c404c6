"""Level and tags of many pages at once: each a version of its own, all of them or none."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import PageLogEntry

from content_types.models import Category, Lesson
from lyceum.content.rights.grants import grant_page
from lyceum.events.models import AuditEntry
from lyceum.kernel.clock import now
from tests.pages import a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return a_school(languages=["en"])


def ask(browser, *pages, **wish):
    """Have pages changed as somebody does who ticks them in a list; follow to what is told."""
    chosen = "&".join(f"id={page.pk}" for page in pages)
    asked = {"level": "", "add": "", "remove": "", **wish}
    return browser.post(f"/admin/bulk/content/basepage/level_and_tags/?{chosen}", asked)


def seen(page):
    """Return what readers have of a page, and what was written last."""
    kept = Lesson.objects.get(pk=page.pk)
    latest = kept.get_latest_revision_as_object()
    return (kept.live, kept.level, kept.tags), (latest.level, latest.tags)


def test_what_is_published_is_published_anew_and_drafts_stay_drafts(editor_of, school):
    section = a_subcategory(school)
    live = a_lesson(section, tags=["old", "verbs"], level="A1")
    draft = a_lesson(section, published=False)
    both = a_lesson(section, level="A1")
    both.title_en = "Newer"
    both.save_revision()
    manager = a_member(school, "manager")

    answer = ask(
        editor_of(manager, school), live, draft, both, level="B1", add="Food, old", remove="verbs"
    )

    assert answer.status_code == 302, answer.content
    wanted = ("B1", ["food", "old"])
    assert seen(live) == ((True, "B1", ["old", "food"]), ("B1", ["old", "food"]))
    assert seen(draft) == ((False, *wanted), wanted)
    assert seen(both) == ((True, "A1", []), wanted)
    assert Lesson.objects.get(pk=both.pk).title_en != "Newer"
    rows = AuditEntry.objects.filter(action="page.published", actor=manager.uuid)
    assert [row.target for row in rows] == [live.uuid]
    edits = PageLogEntry.objects.filter(action="wagtail.edit", user=manager)
    assert set(edits.values_list("page_id", flat=True)) == {live.pk, draft.pk, both.pk}
    call_command("documents", "check", stdout=StringIO())


def test_who_may_not_publish_leaves_drafts_and_nobody_reaches_beyond_their_pages(editor_of, school):
    other = a_school(languages=["en"])
    given, foreign, elsewhere = a_lesson(school), a_lesson(school), a_lesson(other)
    creator = a_member(school, "content_creator")
    grant_page(actor=None, user=creator, page=given, permissions={"change"}, at=now())
    browser = editor_of(creator, school)

    ask(browser, given, foreign, level="A2")
    strange = ask(browser, given, elsewhere, level="C1")
    by_student = ask(editor_of(a_member(school), school), given, level="C1")

    assert seen(given) == ((True, "", []), ("A2", []))
    assert seen(foreign) == ((True, "", []), ("", []))
    assert (strange.status_code, by_student.status_code) == (404, 302)
    assert seen(elsewhere)[1] == ("", [])


def test_if_one_page_cannot_be_so_none_is_changed(editor_of, school):
    section = a_subcategory(school)
    full = a_lesson(section, "Full", tags=[f"tag-{n}" for n in range(20)])
    first = a_lesson(section)
    browser = editor_of(a_member(school, "manager"), school)

    answer = ask(browser, first, full, add="more")

    assert answer.status_code == 200
    assert "“Full”: Give 20 tags at most." in answer.content.decode()
    assert seen(first)[1] == ("", [])
    assert "Say what is to be changed." in ask(browser, first).content.decode()
    assert "Select a valid choice" in ask(browser, first, level="KG1").content.decode()


def test_what_has_no_level_gets_tags_alone_and_a_locked_page_nothing(editor_of, school):
    section = a_subcategory(school)
    category = Category.objects.get()
    locked = a_lesson(section)
    Lesson.objects.filter(pk=locked.pk).update(locked=True)
    browser = editor_of(a_member(school, "manager"), school)

    listing = browser.get(f"/admin/pages/{school.root_page_id}/").content.decode()
    ask(browser, category, locked, level="A1", add="food")

    assert "/admin/bulk/content/basepage/level_and_tags/" in listing
    kept = Category.objects.get()
    assert (kept.level, kept.tags) == ("", ["food"])
    assert seen(locked)[1] == ("", [])
