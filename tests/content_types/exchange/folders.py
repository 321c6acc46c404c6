"""A small content folder for tests, which each test spoils or changes in its own way."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

CATEGORY = """\
title: {en: English, es: Inglés}
description: {en: Words for every day., es: Palabras para cada día.}
order: 1
colour: "#112233"
"""

SUBCATEGORY = """\
title: {en: First steps, es: Primeros pasos}
description: {en: Hello and goodbye., es: Hola y adiós.}
difficulty: beginner
"""

LESSON = """\
title:
  en: Greetings
  es: Saludos
description: {en: Say hello., es: Saluda.}
order: 1
level: A1
objectives:
  - {en: Greet people, es: Saludar}
tags: [greetings]
body:
  en:
    - text: "<p>Say <b>hello</b>.</p>"
    - image: {file: toucan.png, alt: A toucan}
    - exercise: say-hello
  es:
    - text: "<p>Di <b>hello</b>.</p>"
exercises:
  - slug: say-hello
    title: {en: Hello, es: Hola}
    instructions: {en: Choose., es: Elige.}
    kind: multiple_choice
    task:
      language: en
      question: What do you say in the morning?
      options:
        - {text: Good morning, correct: true}
        - {text: Good night, correct: false, feedback: {en: Later., es: Más tarde.}}
    hints:
      - {en: The sun is up., es: Ha salido el sol.}
  - slug: to-be
    title: {en: To be, es: Ser}
    instructions: {en: Complete., es: Completa.}
    kind: fill_blank
    task:
      language: en
      text: I {am|'m} here.
    points: 5
"""

SECOND_LESSON = """\
title: {en: Numbers, es: Números}
description: {en: Count., es: Cuenta.}
order: 2
level: A2
prerequisites: [english/first-steps/greetings]
body:
  en: [text: "<p>One, two.</p>"]
  es: [text: "<p>Uno, dos.</p>"]
"""

COURSE = """\
title: {en: A week, es: Una semana}
description: {en: All of it., es: Todo.}
lessons:
  - english/first-steps/greetings
  - english/first-steps/numbers
"""

BANK = """\
title: {en: Revision, es: Repaso}
description: {en: For quizzes., es: Para pruebas.}
exercises:
  - slug: order
    title: {en: In order, es: En orden}
    instructions: {en: Put in order., es: Ordena.}
    kind: drag_drop
    level: A1
    task: {language: en, items: [I, am, here]}
"""

LESSON_FILE = "english/first-steps/greetings.yaml"

FILES = {
    "english/category.yaml": CATEGORY,
    "english/first-steps/subcategory.yaml": SUBCATEGORY,
    LESSON_FILE: LESSON,
    "english/first-steps/numbers.yaml": SECOND_LESSON,
    "courses/a-week.yaml": COURSE,
    "banks/revision.yaml": BANK,
}


def a_folder(root: Path) -> Path:
    """Write a folder without faults: two lessons, three exercises, a course, a bank, an image."""
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "media").mkdir()
    Image.new("RGB", (8, 8), "orange").save(root / "media" / "toucan.png")
    return root


def change(root: Path, before: str, after: str, *, file: str = LESSON_FILE) -> int:
    """Replace a text that a file holds; return its line."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} is there {text.count(before)} times"
    (root / file).write_text(text.replace(before, after), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1
