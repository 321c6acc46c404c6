"""`demo --check`: a learner's first minutes at each school, over HTTP alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from deploy.demo_client import Client, Refused
from deploy.demo_schools import PASSWORD, SCHOOLS, DemoSchool

Say = Callable[[str], None]


def check_schools(port: int, say: Say) -> bool:
    """Sign in, list, answer and read progress at every school; return whether all of it worked."""
    worked = True
    for school in SCHOOLS:
        try:
            for line in first_minutes(school, Client(port, school.slug)):
                say(f"  {school.slug}: {line}")
        except (Refused, KeyError, StopIteration, OSError) as problem:
            say(f"  {school.slug}: FAILED: {problem!r}")
            worked = False
    return worked


def first_minutes(school: DemoSchool, client: Client) -> Iterator[str]:
    """Yield a line about each step that worked."""
    email = school.email("learner")
    client.sign_in(email, PASSWORD)
    yield f"signed in as {email}"
    lessons = client.get("/api/v1/content/lessons?level=all")["items"]
    if not lessons:
        raise Refused("The school lists no lessons.")
    yield f"listed {len(lessons)} lessons, the first is “{lessons[0]['title']}”"
    yield answered(client, open_lesson(lessons))
    progress = client.get("/api/v1/learning/progress")
    yield f"read progress: {summary_of(progress)}"
    for child in school.children[:1]:
        client.sign_in_child(child.username, PASSWORD)
        yield f"signed in as the child {client.get('/api/v1/me')['username']}"


def open_lesson(lessons: list[Any]) -> Any:
    """Return the first lesson that no other one has to come before."""
    return next(lesson for lesson in lessons if not lesson.get("locked"))


def answered(client: Client, lesson: Any) -> str:
    """Answer the lesson's first multiple choice with its first option; tell the mark."""
    path = f"/api/v1/content/lessons/{lesson['id']}/exercises"
    exercise = next(item for item in client.get(path)["items"] if item["kind"] == "multiple_choice")
    chosen = exercise["task"]["options"][0]["id"]
    result = client.call(
        "POST",
        f"/api/v1/learning/exercises/{exercise['id']}/attempts",
        {"answer": {"choices": [chosen]}, "seconds": 5},
    )
    return f"answered “{exercise['title']}”: {result['status']}, score {result['score']}"


def summary_of(progress: Any) -> str:
    """Return the figures of a progress report in a few words."""
    figures = progress["summary"]
    return f"{figures['attempts']} answers, {figures['points']} points"
