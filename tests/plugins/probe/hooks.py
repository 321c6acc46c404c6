"""What the probe hears and answers."""

from __future__ import annotations

from lyceum.plugin.community import Party
from lyceum.plugin.hooks import News, Refusal, hookimpl, on
from lyceum.plugin.schools import CurrentSchool
from plugins.probe.letters import LETTERS, STRANGE, unreachable

# What it heard in this process, with the school's slug; tests of the host look here.
heard: list[tuple[str, News]] = []


@on("member_left", "probe.said", "absent.said")
def remember(school: CurrentSchool, news: News) -> None:
    if news.data.get("raise"):
        raise ValueError(news.data["raise"])
    heard.append((school.slug, news))


@hookimpl
def register_reportables(school: CurrentSchool) -> list[object]:
    # What is none, or another plugin's, is left out by the host.
    return [LETTERS, "a letter", STRANGE]


@hookimpl
def veto_contact(sender: Party, receiver: Party) -> Refusal | None:
    if receiver.uuid in unreachable:
        return Refusal("unreachable", "They are on holiday.")
    if sender.uuid in unreachable:
        raise RuntimeError("The probe does not know.")
    return None
