"""What the probe hears and answers."""

from __future__ import annotations

from lyceum.plugin.hooks import News, on
from lyceum.plugin.schools import CurrentSchool

# What it heard in this process, with the school's slug; tests of the host look here.
heard: list[tuple[str, News]] = []


@on("member_left", "probe.said", "absent.said")
def remember(school: CurrentSchool, news: News) -> None:
    if news.data.get("raise"):
        raise ValueError(news.data["raise"])
    heard.append((school.slug, news))
