"""Moderation in the admin: the queue, a case, the bin and the filters, for those who may."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from lyceum.community.bin import bin_thing
from lyceum.community.models import BinnedThing, Case, Policy, Sanction
from lyceum.community.reports import report
from lyceum.kernel.clock import now
from lyceum.schools.current import CurrentSchool
from tests.letters import TYPE, a_letter, a_school_with_letters, written
from tests.people import a_member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("letters")]


@pytest.fixture
def toto() -> CurrentSchool:
    return a_school_with_letters("toto")


def a_case(school: CurrentSchool, text: str = "Bad words", **author: Any) -> Case:
    letter = a_letter(school, a_member(school, **author), text)
    told = {"type": TYPE, "thing": letter, "kind": "spam", "text": "Look here", "at": now()}
    report(reporter=a_member(school, "teacher", first_name="Tea"), school=school, **told)
    return Case.objects.get(thing=letter)


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def test_a_moderator_finds_a_case_and_acts_upon_it(toto: CurrentSchool) -> None:
    case = a_case(toto, first_name="Ben")
    a_case(toto, "About a child", is_child=True)
    browser = signed_in(a_member(toto, "moderator"), "toto")

    queue = text_of(browser.get("/admin/moderation/"))
    page = text_of(browser.get(f"/admin/moderation/{case.uuid}/"))
    done = browser.post(f"/admin/moderation/{case.uuid}/", {"action": "hide", "note": "Clear."})
    after = text_of(browser.get(f"/admin/moderation/{case.uuid}/"))

    assert queue.index("About a child") < queue.index("Bad words")
    assert "Concerns a child" in queue
    assert all(words in page for words in ("Bad words", "Ben", "Tea", "Look here", "Letter"))
    assert done.status_code == 302
    assert written[case.thing].state == "hidden"
    assert "Clear." in after


def test_what_was_done_is_told_in_words_with_what_the_author_was_told(toto: CurrentSchool) -> None:
    case = a_case(toto)
    browser = signed_in(a_member(toto, "moderator"), "toto")
    address = f"/admin/moderation/{case.uuid}/"

    browser.post(address, {"action": "warn", "message": "Be kind.", "note": "Third time."})
    browser.post(address, {"action": "hide"})
    lost = browser.post(address, {"action": "restore", "message": "Nobody would read it."})
    page = text_of(browser.get(address))

    history = page[page.index("What was done") : page.index("What now?")]
    for told in ("Warned the author", "Be kind.", "Third time.", "Hid it"):
        assert told in history, told
    assert "<td>hide</td>" not in page
    assert "<dd>Hidden</dd>" in page
    assert "Only with a warning or a suspension" in text_of(lost)


def test_what_a_service_refuses_is_shown_beside_its_field(toto: CurrentSchool) -> None:
    case = a_case(toto)
    browser = signed_in(a_member(toto, "moderator"), "toto")
    address = f"/admin/moderation/{case.uuid}/"

    late = browser.post(address, {"action": "suspend", "until": "2020-01-01 00:00"})
    wordless = browser.post(address, {"action": "warn"})
    unknown = browser.post(address, {"action": "shout"})
    written[case.thing].text = "broken"
    broken = browser.post(address, {"action": "hide"})

    assert "ends in the future" in text_of(late)
    assert "Say what the person is warned of." in text_of(wordless)
    assert "Select a valid choice" in text_of(unknown)
    assert "cannot be reached" in text_of(broken)
    assert not Sanction.objects.exists()
    case.refresh_from_db()
    assert case.state == "pending"


def test_a_closed_case_offers_no_more_than_it_takes(toto: CurrentSchool) -> None:
    case = a_case(toto)
    browser = signed_in(a_member(toto, "moderator"), "toto")
    browser.post(f"/admin/moderation/{case.uuid}/", {"action": "dismiss"})

    page = browser.get(f"/admin/moderation/{case.uuid}/")

    offered = [code for code, _ in page.context["form"].fields["action"].choices]
    assert offered == ["note", "restore", "lift"]
    assert "Bad words" in text_of(browser.get("/admin/moderation/?state=dismissed"))
    assert "Bad words" not in text_of(browser.get("/admin/moderation/?state=x"))


def test_a_deleted_thing_is_restored(toto: CurrentSchool) -> None:
    author = a_member(toto)
    letter = a_letter(toto, author, state="hidden")
    about = {"type": TYPE, "thing": letter, "author": author, "excerpt": "Gone words"}
    bin_thing(school=toto, by=author, at=now(), **about)
    browser = signed_in(a_member(toto, "moderator"), "toto")
    binned = BinnedThing.objects.get()

    shown = text_of(browser.get("/admin/moderation/bin/"))
    read = browser.get(f"/admin/moderation/bin/{binned.uuid}/restore/")
    done = browser.post(f"/admin/moderation/bin/{binned.uuid}/restore/", follow=True)
    again = browser.post(f"/admin/moderation/bin/{binned.uuid}/restore/")

    assert "Gone words" in shown
    assert (read.status_code, again.status_code) == (405, 404)
    assert "It is back." in text_of(done)
    assert written[letter].state == "shown"


def test_a_manager_sets_the_filters_in_a_form(toto: CurrentSchool) -> None:
    browser = signed_in(a_member(toto, "manager"), "toto")
    form = {
        "words": "bad\n very  bad \n",
        "on_words": "refuse",
        "on_links": "hold",
        "allowed_sites": "example.org",
        "first_posts_held": "2",
        "newcomer_days": "14",
        "bin_days": "10",
    }

    saved = browser.post("/admin/moderation/filters/", form)
    refused = browser.post("/admin/moderation/filters/", {**form, "allowed_sites": "https://x"})
    bad = browser.post("/admin/moderation/filters/", {**form, "bin_days": "0"})
    shown = browser.get("/admin/moderation/filters/")

    policy = Policy.objects.get()
    assert saved.status_code == 302
    assert (policy.words, policy.on_words, policy.first_posts_held) == (
        ["bad", "very bad"],
        "refuse",
        2,
    )
    assert "is no site" in text_of(refused)
    assert bad.status_code == 200
    assert policy.bin_days == 10
    assert "bad\nvery bad" in text_of(shown)


def test_the_queue_has_pages(toto: CurrentSchool, django_assert_max_num_queries: Any) -> None:
    author = a_member(toto)
    Case.objects.bulk_create(
        Case(school_id=toto.id, type=TYPE, thing=a_letter(toto, author), origin="report")
        for _ in range(31)
    )
    browser = signed_in(a_member(toto, "moderator"), "toto")
    browser.get("/admin/moderation/")

    with django_assert_max_num_queries(12):
        first = text_of(browser.get("/admin/moderation/"))
    second = text_of(browser.get("/admin/moderation/?p=2"))

    assert (first.count('<td class="title">'), second.count('<td class="title">')) == (30, 1)
    assert "Page 1 of 2" in first


def test_nobody_else_moderates_in_the_admin(toto: CurrentSchool) -> None:
    case = a_case(toto)
    campus = a_school_with_letters("campus")
    people = {
        "teacher": signed_in(a_member(toto, "teacher"), "toto"),
        "creator": signed_in(a_member(toto, "content_creator"), "toto"),
        "stranger": signed_in(a_member(campus, "admin"), "toto"),
        "stranger at home": signed_in(a_member(campus, "admin"), "campus"),
        "learner": signed_in(a_member(toto, "student"), "toto"),
        "nobody": Client(headers={"host": "toto.test"}),
    }

    for name, browser in people.items():
        for path in ("", f"{case.uuid}/", "bin/", "filters/"):
            answer = browser.get(f"/admin/moderation/{path}")
            assert "Bad words" not in text_of(answer), name
            if name != "stranger at home" or "-" in path:
                assert answer.status_code in (302, 403, 404), name
        browser.post(f"/admin/moderation/{case.uuid}/", {"action": "hide"})
    moderator = signed_in(a_member(toto, "moderator"), "toto")
    assert moderator.get("/admin/moderation/filters/").status_code == 302
    assert written[case.thing].state == "shown"


def test_the_menu_offers_moderation_to_those_who_moderate(toto: CurrentSchool) -> None:
    moderator = text_of(signed_in(a_member(toto, "moderator"), "toto").get("/admin/"))
    teacher = text_of(signed_in(a_member(toto, "teacher"), "toto").get("/admin/"))

    assert "/admin/moderation/" in moderator
    assert "/admin/moderation/" not in teacher
