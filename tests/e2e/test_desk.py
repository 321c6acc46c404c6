"""A creator's day: from what is missing to its field, and a file on its way into the library."""

from __future__ import annotations

import io
import json
import os
import wave
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from wagtail.users.models import UserProfile

from lyceum.accounts.models import User
from lyceum.content.models import LibraryMedia
from lyceum.content.rights.grants import grant_page
from lyceum.kernel.clock import now
from lyceum.learning.models import ExerciseTally
from lyceum.schools.current import CurrentSchool
from tests.e2e.browser import a_page
from tests.pages import a_category, a_lesson, a_subcategory, an_exercise
from tests.people import a_member, a_school

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("DESK_SHOTS", "")
DIALOGUE = {"language": "en", "lines": [{"speaker": "Ana", "text": "Hello!"}]}
PLACE = "c0ffee00-0000-4000-8000-000000000001"


def a_sound() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 400_000)
    return out.getvalue()


def a_task() -> str:
    options = [{"text": text, "correct": False, "feedback": {}} for text in ("red", "blue")]
    task = {"language": "en", "question": "Which?", "options": options, "multiple": False}
    return json.dumps([{"type": "multiple_choice", "value": task, "id": PLACE}])


def signed_in(person: User) -> dict[str, str]:
    client = Client(headers={"host": "toto.localhost"})
    client.force_login(person, backend="lyceum.accounts.backends.AuthenticationBackend")
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


def shot(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def a_busy_school() -> tuple[CurrentSchool, User, Any, Any]:
    school = a_school("toto", host="toto.localhost", languages=["en", "es", "ar"])
    section = a_subcategory(a_category(school, "Everyday English"), "At home")
    creator = a_member(school, "content_creator", first_name="Grace", last_name="Hopper")
    given = {"add", "change", "publish"}
    grant_page(actor=None, user=creator, page=section, permissions=given, at=now())
    body = json.dumps([{"type": "dialogue", "value": DIALOGUE, "id": PLACE}])
    lesson = a_lesson(section, "In the kitchen", level="A1", body_en=body, owner=creator)
    task = an_exercise(lesson, "Colours", task=a_task(), owner=creator, published=False)
    for number in range(6):
        draft = a_lesson(section, f"Draft {number}", published=False, owner=creator)
        if number < 2:
            draft.save_revision(user=a_member(school, "teacher"))
            draft.get_workflow().start(draft, draft.latest_revision.user)
    for marked, correct in ((40, 10), (20, 15)):
        exercise = an_exercise(lesson, f"Question {marked}", task=a_task(), level="A1")
        figures = {"attempts": marked, "marked": marked, "correct": correct}
        ExerciseTally.objects.create(school=school.uuid, exercise=exercise.uuid, **figures)
    return school, creator, lesson, task


def an_arabic_reader(school: CurrentSchool) -> dict[str, str]:
    """Return the cookies of a manager who reads Arabic on a dark screen."""
    manager = a_member(school, "manager")
    profile = UserProfile.get_for_user(manager)
    profile.preferred_language, profile.theme = "ar", "dark"
    profile.save()
    return signed_in(manager)


def test_a_creator_is_led_to_what_is_missing_and_sees_files_on_their_way(
    live_server: Any, chromium: str, tmp_path: Path
) -> None:
    school, creator, lesson, task = a_busy_school()
    reader = an_arabic_reader(school)
    address = live_server.url.replace("//localhost", "//toto.localhost")
    large, sound = tmp_path / "large.wav", tmp_path / "sound.wav"
    with large.open("wb") as file:
        file.truncate(50_000_001)
    sound.write_bytes(a_sound())

    with a_page(chromium, address, signed_in(creator)) as page:
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: line.type == "error" and faults.append(line.text))
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(f"{address}/admin/")
        shot(page, "home")
        assert page.locator("#awaiting-review-section").count() == 1
        page.get_by_role("link", name="1 Missing audio").click()
        page.get_by_role("link", name="In the kitchen").click()

        page.get_by_role("button", name="Toggle checks before publication").click()
        panel = page.locator('[data-side-panel="before-publication"]')
        panel.get_by_role("link", name="Audio").first.wait_for()
        shot(page, "checks")
        panel.get_by_role("link", name="Title (العربية)").click()
        page.locator("input[name=title_ar]:focus").wait_for()
        panel.get_by_role("link", name="Dialogue › Audio").click()
        page.locator("[data-contentpath=audio] :focus").wait_for()
        page.goto(f"{address}/admin/pages/{task.pk}/edit/#:w:contentpath=title_es")
        page.locator("input[name=title_es]:focus").wait_for()
        page.get_by_role("button", name="More actions").last.click()
        page.get_by_role("button", name="Publish").click()
        page.get_by_text("could not be saved due to validation errors").first.wait_for()
        shot(page, "refused")

        page.goto(f"{address}/admin/media/audio/add/")
        page.set_input_files("#id_file", str(large))
        page.get_by_text("The file is larger than 50 MB.").wait_for()
        page.set_input_files("#id_file", {"name": "a.exe", "mimeType": "x/y", "buffer": b"MZ"})
        page.get_by_text("Files of this sort are not taken.").wait_for()
        shot(page, "upload-refused")
        page.set_input_files("#id_file", {"name": "a.mp3", "mimeType": "x/y", "buffer": b"MZ"})
        page.get_by_role("button", name="Upload").click()
        page.get_by_text("the contents are something else").wait_for()
        page.set_input_files("#id_file", str(sound))
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        slow = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": 3e5}
        network.send("Network.emulateNetworkConditions", slow)
        page.get_by_role("button", name="Upload").click()
        page.get_by_text("Uploading: ").wait_for()
        page.get_by_text("Uploading: 0.").wait_for()
        shot(page, "uploading")
        network.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
        page.wait_for_url(f"{address}/admin/media/")
        page.get_by_text("added").first.wait_for()
        assert faults == [], faults
        look_around(page, address, reader, lesson)
    assert LibraryMedia.objects.get().title


def look_around(page: Any, address: str, reader: dict[str, str], lesson: Any) -> None:
    """Take pictures of the rest, for who wants to look at them."""
    if not SHOTS:
        return
    page.goto(f"{address}/admin/desk/")
    shot(page, "to-finish")
    page.goto(f"{address}/admin/exercises/figures/")
    shot(page, "wrong")
    page.get_by_role("link", name="Wrong answers").first.click()
    page.get_by_role("link", name="Edit the exercise").wait_for()
    shot(page, "wrong-answers")
    page.goto(f"{address}/admin/bulk/content/basepage/level_and_tags/?id={lesson.pk}")
    shot(page, "level-and-tags")
    page.context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in reader.items()]
    )
    for name, path in (("home", ""), ("wrong", "exercises/figures/"), ("to-finish", "desk/")):
        page.goto(f"{address}/admin/{path}")
        shot(page, f"{name}-ar-dark")
    page.goto(f"{address}/admin/pages/{lesson.pk}/edit/")
    page.locator('[data-side-panel="before-publication"] [data-remarks]').wait_for()
    shot(page, "checks-ar-dark")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/admin/")
    shot(page, "home-phone")
