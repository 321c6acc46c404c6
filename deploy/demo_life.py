"""A first evening at the demo's language school: people answer, and talk to each other."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings

from deploy.demo_client import Client, Refused
from deploy.demo_schools import PASSWORD, TOTO

LESSON = "hello-toto"
# Who answers how many of its exercises.
ANSWERED = {"learner": 4, "teacher": 3, "moderator": 2, "creator": 1}
SAID = (
    (
        "teacher",
        "Tuesday evening, you were wonderful today. For next week: say hello to somebody "
        "in English, and tell us here who it was.",
        ["homework"],
    ),
    (
        "moderator",
        "I said “Good evening” to my neighbour, and not “Good night”. She answered in English!",
        ["greetings"],
    ),
    (
        "creator",
        "There is a new lesson: At the café. Listen to the waiter twice before you answer; "
        "he speaks rather fast.",
        ["lessons", "listening"],
    ),
)
REPLIES = (("learner", "I said hello to the bus driver."), ("creator", "What did the driver say?"))
# Namesake ids: said again, nothing is said twice.
IDS = uuid.UUID("6f1ef0b4-52a5-4a63-9a39-5f0a54f0c0de")


def begin(port: int, tell: Callable[[str], None]) -> None:
    """Have the first evening pass, unless it has. Whoever tries the demo can do without it."""
    stamp = settings.DATA / "first-evening.stamp"
    if stamp.exists():
        return
    try:
        live(port)
    except (Refused, KeyError, StopIteration, OSError) as problem:
        tell(f"Nobody answered or wrote anything yet: {problem!r}")
    else:
        stamp.touch()


def live(port: int) -> None:
    """
    Have the people of the school answer and write, once however often this is called.

    :raises Refused: if the demo answers otherwise than a working one
    """
    people = {word: signed_in(port, word) for word in ANSWERED}
    for word, count in ANSWERED.items():
        answer_exercises(people[word], count)
    moments = [say(people[word], text, tags) for word, text, tags in SAID]
    for word, text in REPLIES:
        comment(people[word], moments[0], text)
    for word in ("learner", "moderator", "creator"):
        people[word].call("PUT", f"/api/v1/moments/{moments[0]}/like")
    people["learner"].call("PUT", f"/api/v1/moments/{moments[1]}/like")


def signed_in(port: int, word: str) -> Client:
    client = Client(port, TOTO.slug)
    client.sign_in(TOTO.email(word), PASSWORD)
    return client


def say(client: Client, text: str, tags: list[str]) -> str:
    """Post a moment; return its id."""
    body = {"text": text, "tags": tags, "client_id": str(uuid.uuid5(IDS, text))}
    return str(client.call("POST", "/api/v1/moments", body)["id"])


def comment(client: Client, moment: str, text: str) -> None:
    body = {"text": text, "client_id": str(uuid.uuid5(IDS, text))}
    client.call("POST", f"/api/v1/moments/{moment}/comments", body)


def answer_exercises(client: Client, count: int) -> None:
    """Answer the first exercises of the first lesson rightly, those that were not answered yet."""
    lessons = client.get("/api/v1/content/lessons?level=all&lang=en&limit=100")["items"]
    lesson = next(each for each in lessons if each["slug"] == LESSON)
    shown = client.get(f"/api/v1/content/lessons/{lesson['id']}/exercises?lang=en")["items"]
    for exercise in [each for each in shown if each["slug"] in ANSWERS][:count]:
        attempts = f"/api/v1/learning/exercises/{exercise['id']}/attempts"
        if not client.get(attempts)["items"]:
            answer = ANSWERS[exercise["slug"]](exercise["task"])
            client.call("POST", attempts, {"answer": answer, "seconds": 20})


def ids(things: list[dict[str, Any]]) -> dict[str, str]:
    """Return the ids of options, items or sides by their texts."""
    return {thing["text"]: thing["id"] for thing in things}


def paired(task: dict[str, Any]) -> dict[str, Any]:
    left, right = ids(task["left"]), ids(task["right"])
    return {"pairs": {left[one]: right[other] for one, other in PAIRS}}


PAIRS = (
    ("What's your name?", "I'm Omar."),
    ("Where are you from?", "I'm from Jordan."),
    ("How are you?", "I'm fine, thank you."),
    ("Nice to meet you.", "Nice to meet you, too."),
    ("Goodbye!", "Bye! See you tomorrow."),
)
ORDER = (
    "Hello! What's your name?",
    "Hi! My name is Marta. And you?",
    "I'm Ali. Nice to meet you, Marta.",
    "Nice to meet you, too. Where are you from, Ali?",
    "I'm from Morocco.",
)
ANSWERS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "greeting-in-the-evening": lambda task: {"choices": [ids(task["options"])["Good evening!"]]},
    "am-is-are": lambda task: {"gaps": ["am", "is", "is", "are", "are"]},
    "questions-and-answers": paired,
    "first-conversation": lambda task: {"order": [ids(task["items"])[text] for text in ORDER]},
}
