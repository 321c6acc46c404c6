"""A creator's desk: a pasted list, the preview, rows doubled and moved, a copy elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from content_types.models import Exercise
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.plugin.exercises import find_task
from tests.e2e.browser import a_page
from tests.pages import a_lesson, a_subcategory
from tests.people import a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]

PASTED = "cat\tgato\ndog\tperro\nmouse\nhen\tgallina"


def pairs_of(exercise: Exercise) -> list[tuple[str, str]]:
    task = find_task(exercise.task)
    assert task is not None
    return [(pair["left"], pair["right"]) for pair in task.value["pairs"]]


def choose_kind(page: Any, name: str) -> None:
    page.locator("#task-root .c-sf-add-button").first.click()
    page.get_by_role("option", name=name).click()


def paste(page: Any, text: str) -> None:
    """Paste into the first list by the keyboard alone."""
    page.get_by_role("button", name="Paste a list").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(text)
    page.get_by_text("Line 3: 2 columns are needed").wait_for()
    page.get_by_role("button", name="Add these").first.focus()
    page.keyboard.press("Enter")


def drag(page: Any, row: Any, above: Any) -> None:
    """Drag a row by its handle to the place of another, as a hand does: in steps."""
    row.get_by_title("Drag").hover()
    page.mouse.down()
    target = above.get_by_title("Drag").bounding_box()
    page.mouse.move(target["x"] + 5, target["y"] + 40, steps=20)
    page.mouse.move(target["x"] + 5, target["y"] + 2, steps=10)
    page.mouse.up()


def publish(page: Any) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("published").first.wait_for()


def test_a_creator_pastes_sees_doubles_moves_and_copies_an_exercise(
    live_server: Any, chromium: str
) -> None:
    school = a_school("toto", host="toto.localhost", languages=["en", "es"])
    below = a_subcategory(school)
    animals, farm = a_lesson(below, "Animals"), a_lesson(below, "On the farm")
    creator = a_member(school, "content_creator")
    rights = ["add", "change", "publish"]
    boss = a_member(school, "manager")
    grant_page(actor=boss, user=creator, page=below, permissions=rights, at=now())
    client = Client(headers={"host": "toto.localhost"})
    client.force_login(creator, backend="lyceum.accounts.backends.AuthenticationBackend")
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    address = live_server.url.replace("//localhost", "//toto.localhost")

    with a_page(chromium, address, cookies) as page:
        # High enough for all rows, so that nothing scrolls away from under a hand.
        page.set_viewport_size({"width": 1400, "height": 2400})
        page.goto(f"{address}/admin/pages/add/content_types/exercise/{animals.pk}/")
        page.get_by_role("tab", name="English").click()
        page.fill("input[name=title_en]", "Find the animals")
        page.get_by_role("tab", name="Exercise").click()
        choose_kind(page, "Matching")
        seen = page.locator(".task-seen")

        paste(page, PASTED)
        seen.get_by_role("heading", name="As learners see it").wait_for()
        seen.locator(".task-seen__right", has_text="gallina").wait_for()
        left = page.locator(".pasted-list textarea").first.input_value()
        page.get_by_role("button", name="Undo").first.click()
        seen.locator(".task-seen__right", has_text="gallina").wait_for(state="detached")
        page.get_by_role("button", name="Add these").first.click()
        seen.locator(".task-seen__right", has_text="gallina").wait_for()

        rows = page.locator('[data-contentpath="pairs"] [data-streamfield-child]:visible')
        rows.nth(2).get_by_title("Duplicate").click()
        page.get_by_text("“hen” is on the left already").first.wait_for()
        rows.nth(3).locator("input[type=text]").nth(0).fill("cow")
        rows.nth(3).locator("input[type=text]").nth(1).fill("vaca")
        drag(page, rows.nth(3), rows.nth(0))
        seen.locator(".task-seen__right").first.get_by_text("vaca").wait_for()
        publish(page)

        page.goto(f"{address}/admin/pages/{animals.pk}/edit/")
        page.get_by_role("link", name="Copy “Find the animals”").click()
        page.locator(".page-chooser").get_by_role("button", name="Actions").click()
        page.get_by_role("button", name="Choose another page").click()
        page.get_by_role("link", name="On the farm").click()
        page.locator(".page-chooser").get_by_text("On the farm").wait_for()
        page.locator("main").get_by_role("button", name="Copy", exact=True).click()
        page.get_by_role("link", name="Edit the copy").click()
        page.get_by_text("Copied from").wait_for()
        publish(page)

    original = Exercise.objects.child_of(animals).get()
    copy = Exercise.objects.child_of(farm).get()
    assert left == "mouse"
    wanted = [("cow", "vaca"), ("cat", "gato"), ("dog", "perro"), ("hen", "gallina")]
    assert pairs_of(original) == wanted
    assert pairs_of(copy) == wanted
    assert (copy.origin, copy.uuid == original.uuid) == (original.uuid, False)
    (told,) = client.get(f"/api/v1/content/lessons/{farm.uuid}/exercises").json()["items"]
    assert (told["id"], told["title"]) == (str(copy.uuid), "Find the animals")
