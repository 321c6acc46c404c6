"""Run on a topology: a school, with a lesson, its exercise and a manager."""

from __future__ import annotations

import django

CHOICE = {
    "language": "en",
    "question": "What says meow?",
    "options": [{"text": "a cat", "correct": True}, {"text": "a dog", "correct": False}],
    "image": {"file": None, "alt": ""},
}


def seed() -> None:
    """Found the school `toto`, open to all, with one lesson to do."""
    from tests.pages import a_lesson, an_exercise
    from tests.people import a_member, a_school

    school = a_school("toto")
    lesson = a_lesson(school, "Animals", title_ar="الحَيَوَانات", title_es="Los animalés")
    an_exercise(lesson, task=[("multiple_choice", CHOICE)])
    a_member(school, "manager", email="manager@example.test")


if __name__ == "__main__":
    django.setup()
    seed()
