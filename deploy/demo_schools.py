"""The three schools of the demo, their people, and the rules that each shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PASSWORD = "lyceum-demo"  # noqa: S105
OPERATOR = "operator@lyceum.test"


@dataclass(frozen=True)
class DemoPerson:
    """A person of a demo school; the e-mail address is the role's word at the school's domain."""

    word: str
    role: str
    first_name: str
    last_name: str
    level: str = ""
    language: str = "en"
    is_child: bool = False


@dataclass(frozen=True)
class DemoChild:
    """A child of a demo school with a managed account: a user name, and no e-mail address."""

    username: str
    first_name: str
    last_name: str
    level: str


@dataclass(frozen=True)
class DemoSchool:
    """A school of the demo, with its folder of content in `deploy/demo/`."""

    slug: str
    name: str
    languages: tuple[str, ...]
    category: str
    subcategory: str
    cohort: str
    people: tuple[DemoPerson, ...]
    rules: dict[str, Any] = field(default_factory=dict)
    children: tuple[DemoChild, ...] = ()
    plugins: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        return f"{self.slug}.localhost"

    def email(self, word: str) -> str:
        """Return a log-in, as in `learner@toto.test`."""
        return f"{word}@{self.slug}.test"


TOTO = DemoSchool(
    slug="toto",
    name="English with Toto",
    languages=("en", "es", "ar"),
    category="everyday-english",
    subcategory="first-steps",
    cohort="Tuesday evening",
    people=(
        DemoPerson("learner", "student", "Lucía", "Romero", level="A2", language="es"),
        DemoPerson("teacher", "teacher", "Omar", "Haddad"),
        DemoPerson("creator", "content_creator", "Grace", "Whitfield"),
        DemoPerson("moderator", "moderator", "Yusuf", "Karim", language="ar"),
        DemoPerson("manager", "manager", "Elena", "Navarro", language="es"),
        DemoPerson("admin", "admin", "Martin", "Cole"),
    ),
    rules={
        "signup_policy": "open",
        "catalogue": "public",
        "level_scale": "cefr",
        "listed": True,
    },
    plugins=("moments", "badges"),
)

LEARNIFY = DemoSchool(
    slug="learnify",
    name="Learnify",
    languages=("en",),
    category="first-steps",
    subcategory="numbers-and-shapes",
    cohort="The Sunflowers",
    people=(
        DemoPerson("learner", "student", "Mia", "Okafor", level="KG3", is_child=True),
        DemoPerson("teacher", "teacher", "Hannah", "Lindgren"),
        DemoPerson("creator", "content_creator", "Joseph", "Amadi"),
        DemoPerson("moderator", "moderator", "Ruth", "Fielding"),
        DemoPerson("manager", "manager", "Sanjay", "Mehta"),
        DemoPerson("admin", "admin", "Clara", "Novak"),
    ),
    rules={
        "signup_policy": "invitation",
        "catalogue": "members",
        "level_scale": "kg",
        "theme": "playful",
    },
    children=(
        DemoChild("zara", "Zara", "Ahmadi", level="KG1"),
        DemoChild("leo", "Leo", "Marchetti", level="KG2"),
        DemoChild("inés", "Inés", "Castro", level="KG2"),
        DemoChild("nour", "Nour", "Saleh", level="KG3"),
    ),
    plugins=("badges",),
)

CAMPUS = DemoSchool(
    slug="campus",
    name="Open Campus",
    languages=("en",),
    category="digital-skills",
    subcategory="working-safely-online",
    cohort="Autumn group",
    people=(
        DemoPerson("learner", "student", "Tomás", "Ferreira"),
        DemoPerson("teacher", "teacher", "Ingrid", "Solberg"),
        DemoPerson("creator", "content_creator", "Wei", "Zhang"),
        DemoPerson("moderator", "moderator", "Nadia", "Benali"),
        DemoPerson("manager", "manager", "David", "Okoye"),
        DemoPerson("admin", "admin", "Anna", "Kovács"),
    ),
    rules={"signup_policy": "invitation", "catalogue": "members", "level_scale": "none"},
)

SCHOOLS = (TOTO, LEARNIFY, CAMPUS)
