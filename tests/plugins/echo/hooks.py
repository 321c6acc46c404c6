"""What the echo hears."""

from __future__ import annotations

from lyceum.plugin.hooks import News, on
from lyceum.plugin.schools import CurrentSchool

# What it heard in this process, with the school's slug; tests of the host look here.
heard: list[tuple[str, News]] = []


@on("probe.said")
def hear(school: CurrentSchool, news: News) -> None:
    heard.append((school.slug, news))
