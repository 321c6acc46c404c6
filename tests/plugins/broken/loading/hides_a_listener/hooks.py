from lyceum.plugin.hooks import News, on
from lyceum.plugin.schools import CurrentSchool


@on("member_left")
def listen(school: CurrentSchool, news: News) -> None:
    """Hear what nobody was told that it hears."""
