"""What the demo prints when it is up: where to go, who to be, and what to paste."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.demo_client import Client, Refused
from deploy.demo_schools import OPERATOR, PASSWORD, SCHOOLS, DemoSchool


def welcome(port: int) -> str:
    """Return the welcome, with an access token made for each school's learner just now."""
    lines = ["", "Welcome to Lyceum. Three schools are open:", ""]
    for school in SCHOOLS:
        lines.extend(about(school, port))
    lines += [
        f"The operator of the instance is {OPERATOR}. Every password is: {PASSWORD}",
        f"On 127.0.0.1 name the school by the header X-School; http://127.0.0.1:{port}/api/v1/schools",
        "lists those that wish to be found. Mails, with their codes, appear here below.",
        "Ctrl-C stops everything and keeps the data; `demo --reset` starts over.",
        "",
    ]
    return "\n".join(lines)


def about(school: DemoSchool, port: int) -> Iterator[str]:
    """Yield the lines about one school."""
    own = f"http://{school.host}:{port}"
    yield f"  {school.name} — {described(school)}"
    yield f"    school    {own}/"
    yield f"    admin     {own}/admin/"
    yield f"    API       {own}/api/v1/docs"
    words = [person.word for person in school.people]
    yield f"    log-ins   {', '.join(f'{word}@' for word in words)} followed by {school.slug}.test"
    if school.children:
        names = ", ".join(child.username for child in school.children)
        yield f"    children  log in without an address, by user name: {names}"
    yield f"    {curl_line(school, port)}"
    yield ""


def described(school: DemoSchool) -> str:
    """Return who may come in, in a few words."""
    joining = {"open": "anyone may sign up", "invitation": "by invitation"}
    reading = {"public": "the catalogue is public", "members": "members only"}
    return f"{joining[school.rules['signup_policy']]}, {reading[school.rules['catalogue']]}"


def curl_line(school: DemoSchool, port: int) -> str:
    """Return a call that works as pasted, for as long as its token does: one hour."""
    try:
        token = Client(port, school.slug).sign_in(school.email("learner"), PASSWORD)
    except Refused:
        # The learner's password is the demo user's to change.
        return f"(The password of {school.email('learner')} was changed: no token to show.)"
    return (
        f"curl -s -H 'X-School: {school.slug}' -H 'Authorization: Bearer {token}' "
        f"'http://127.0.0.1:{port}/api/v1/content/lessons'"
    )
