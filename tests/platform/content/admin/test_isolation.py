"""The admin on a school's host shows that school, whoever looks."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import resolve
from PIL import Image

from lyceum.accounts.models import User
from lyceum.content.models import LibraryDocument, LibraryImage, LibraryMedia
from lyceum.schools.models import Membership
from tests.pages import a_lesson
from tests.people import a_member, a_person, a_school

pytestmark = pytest.mark.django_db


def a_picture(name):
    file = ContentFile(b"", name=name)
    Image.new("RGB", (20, 20), "red").save(file, "PNG")
    file.seek(0)
    return ImageFile(file, name=name)


def a_library(school, word):
    """Put one file of each kind into a school's libraries, with a telling word in its title."""
    place = {"collection_id": school.collection_id}
    return {
        "image": LibraryImage.objects.create(
            title=f"{word} image", file=a_picture(f"{word}.png"), **place
        ),
        "document": LibraryDocument.objects.create(
            title=f"{word} document", file=ContentFile(b"%PDF-1.4", name="a.pdf"), **place
        ),
        "media": LibraryMedia.objects.create(
            title=f"{word} media",
            file=ContentFile(b"ID3", name="a.mp3"),
            type="audio",
            duration=1,
            **place,
        ),
    }


@pytest.fixture
def two_schools():
    """Return two schools, each with a page, a file of each kind and a person, all telling."""
    ours = a_school(name="Ours")
    theirs = a_school(name="Zebra School", host="zebra.test")
    found = {"ours": ours, "theirs": theirs}
    for school, word in ((ours, "Apple"), (theirs, "Zebra")):
        person = a_member(school, "manager", first_name=word, email=f"{word.lower()}@example.test")
        lesson = a_lesson(school, title=f"{word} lesson", owner=person)
        lesson.save_revision(user=person, log_action=True)
        found[word] = {"person": person, "lesson": lesson, **a_library(school, word)}
    return found


LISTS = [
    "",
    "pages/",
    "pages/{root}/",
    "pages/search/?q=lesson",
    "pages/usage/content_types/lesson/",
    "choose-page/",
    "choose-page/?page_type=content_types.lesson",
    "choose-page/search/?q=lesson",
    "api/main/pages/",
    "api/main/pages/?child_of=root&for_explorer=1",
    "images/",
    "images/?q=image",
    "images/chooser/",
    "images/add/",
    "documents/",
    "documents/chooser/",
    "documents/add/",
    "media/",
    "media/chooser/",
    "media/audio/add/",
    "account/",
]


def test_no_list_of_the_admin_tells_of_another_school(two_schools, editor_of):
    ours = two_schools["ours"]
    browser = editor_of(two_schools["Apple"]["person"], ours)

    for address in LISTS:
        answer = browser.get(
            "/admin/" + address.format(root=ours.root_page_id),
            headers={"accept": "*/*"},
            follow=True,
        )
        assert answer.status_code == 200, address
        assert "zebra" not in answer.content.decode().lower(), address


def test_the_lists_tell_of_ones_own_school(two_schools, editor_of):
    browser = editor_of(two_schools["Apple"]["person"], two_schools["ours"])

    for address, expected in (
        ("pages/search/?q=lesson", "Apple lesson"),
        ("images/", "Apple image"),
        ("images/chooser/", "Apple image"),
        ("documents/", "Apple document"),
        ("documents/chooser/", "Apple document"),
        ("media/", "Apple media"),
        ("media/chooser/", "Apple media"),
    ):
        assert expected in browser.get("/admin/" + address).content.decode(), address


DETAILS = [
    "pages/{lesson}/",
    "pages/{lesson}/edit/",
    "pages/{lesson}/delete/",
    "pages/{lesson}/copy/",
    "pages/{lesson}/move/",
    "pages/{lesson}/unpublish/",
    "pages/{lesson}/history/",
    "pages/{lesson}/usage/",
    "pages/{lesson}/privacy/",
    "pages/{lesson}/view_draft/",
    "pages/{lesson}/edit/preview/",
    "pages/{lesson}/revisions/{revision}/view/",
    "pages/{lesson}/workflow_history/",
    "pages/workflow/confirm_cancellation/{lesson}/",
    "pages/{lesson}/set_position/",
    "pages/{lesson}/lock/",
    "pages/add/content_types/exercise/{lesson}/",
    "pages/{lesson}/add_subpage/",
    "pages/{own}/move/{lesson}/confirm/",
    "choose-page/{lesson}/",
    "api/main/pages/{lesson}/",
    "bulk/content/basepage/delete/?id={lesson}",
    "bulk/content/basepage/publish/?id={lesson}",
    "bulk/content/libraryimage/delete/?id={image}",
    "bulk/content/librarydocument/delete/?id={document}",
    "images/{image}/",
    "images/{image}/delete/",
    "images/{image}/generate_url/",
    "images/usage/{image}/",
    "images/chooser/chosen/{image}/",
    "images/chooser/{image}/select_format/",
    "images/chooser/chosen-multiple/?id={image}",
    "documents/edit/{document}/",
    "documents/delete/{document}/",
    "documents/usage/{document}/",
    "documents/chooser/chosen/{document}/",
    "media/edit/{media}/",
    "media/delete/{media}/",
    "media/usage/{media}/",
    "media/chooser/{media}/",
]


def test_another_schools_things_are_not_there(two_schools, editor_of):
    browser = editor_of(two_schools["Apple"]["person"], two_schools["ours"])
    theirs = two_schools["Zebra"]
    ids = {kind: theirs[kind].pk for kind in ("lesson", "image", "document", "media")}
    ids["revision"] = theirs["lesson"].latest_revision_id
    ids["own"] = two_schools["Apple"]["lesson"].pk

    for address in DETAILS:
        path = "/admin/" + address.format(**ids)
        assert resolve(path.partition("?")[0]).url_name, f"{address} is no address of the admin"
        for method in (browser.get, browser.post):
            answer = method(path)
            assert answer.status_code == 404, address
            assert "zebra" not in answer.content.decode().lower(), address


OPERATORS = [
    "users/",
    "users/add/",
    "groups/",
    "sites/",
    "collections/",
    "locales/",
    "workflows/list/",
    "workflows/tasks/index/",
    "reports/locked/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/aging-pages/",
    "reports/page-types-usage/",
    "tag-autocomplete/?term=a",
    "api/main/images/",
    "api/main/documents/",
]


def test_what_spans_schools_is_for_operators(two_schools, editor_of):
    browser = editor_of(two_schools["Apple"]["person"], two_schools["ours"])

    for address in OPERATORS:
        assert browser.get("/admin/" + address).status_code == 404, address


def test_whoever_has_a_role_in_two_schools_sees_the_one_whose_host_it_is(two_schools, editor_of):
    both = two_schools["Apple"]["person"]
    theirs = two_schools["theirs"]
    Membership.objects.create(school_id=theirs.id, user=both, roles=frozenset({"manager"}))
    own, foreign = two_schools["Apple"]["lesson"].pk, two_schools["Zebra"]["lesson"].pk

    here = editor_of(both, two_schools["ours"])
    assert here.get(f"/admin/pages/{own}/edit/").status_code == 200
    assert here.get(f"/admin/pages/{foreign}/edit/").status_code == 404
    there = editor_of(both, theirs)
    assert there.get(f"/admin/pages/{foreign}/edit/").status_code == 200
    assert "Zebra image" in there.get("/admin/images/").content.decode()
    assert "Apple image" not in there.get("/admin/images/").content.decode()


def test_strangers_students_and_the_anonymous_are_sent_to_the_log_in(two_schools, editor_of):
    ours, theirs = two_schools["ours"], two_schools["theirs"]
    people = [two_schools["Zebra"]["person"], a_member(ours), a_person()]
    browsers = [editor_of(person, ours) for person in people]

    for browser in [*browsers, Client(headers={"host": ours.host})]:
        for address in ("/admin/", "/admin/images/", f"/admin/pages/{ours.root_page_id}/"):
            answer = browser.get(address)
            assert answer.status_code == 302
            assert answer["Location"].startswith("/admin/login/")
    assert theirs.id


def test_the_operator_sees_one_school_on_its_host(two_schools, editor_of):
    operator = a_person(is_superuser=True)
    browser = editor_of(operator, two_schools["ours"])

    for address in ("images/", "documents/", "media/chooser/", "choose-page/", "pages/"):
        content = browser.get("/admin/" + address).content.decode().lower()
        assert "zebra" not in content
    foreign = two_schools["Zebra"]["lesson"].pk
    assert browser.get(f"/admin/pages/{foreign}/edit/").status_code == 404
    assert User.objects.filter(pk=operator.pk, is_superuser=True).exists()


def test_files_are_added_to_the_schools_own_collection(two_schools, editor_of):
    ours, theirs = two_schools["ours"], two_schools["theirs"]
    teacher = a_member(ours, "teacher")
    browser = editor_of(teacher, ours)

    browser.post("/admin/images/add/", {"title": "Mine", "file": a_picture("mine.png")})
    browser.post(
        "/admin/images/add/",
        {"title": "Foreign", "file": a_picture("b.png"), "collection": theirs.collection_id},
    )

    assert LibraryImage.objects.get(title="Mine").collection_id == ours.collection_id
    assert not LibraryImage.objects.filter(collection_id=theirs.collection_id, title="Foreign")


def test_a_teacher_changes_what_they_added_and_chooses_from_all(two_schools, editor_of):
    ours = two_schools["ours"]
    teacher = a_member(ours, "teacher")
    mine = LibraryImage.objects.create(
        title="Mine",
        file=a_picture("m.png"),
        collection_id=ours.collection_id,
        uploaded_by_user=teacher,
    )
    browser = editor_of(teacher, ours)

    assert browser.get(f"/admin/images/{mine.pk}/").status_code == 200
    assert browser.get(f"/admin/images/{two_schools['Apple']['image'].pk}/").status_code == 302
    chooser = browser.get("/admin/images/chooser/").content.decode()
    assert "Mine" in chooser
    assert "Apple image" in chooser
