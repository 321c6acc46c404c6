"""What plays another site's things within a page, told from their addresses."""

from __future__ import annotations

import pytest

from lyceum.content.embedded import PLAYERS, player_of

YOUTUBE = "https://www.youtube-nocookie.com/embed"


@pytest.mark.parametrize(
    ("url", "src"),
    [
        ("https://www.youtube.com/watch?v=a-B_1", f"{YOUTUBE}/a-B_1"),
        ("https://m.youtube.com/watch?feature=share&v=a-B_1&t=90s", f"{YOUTUBE}/a-B_1?start=90"),
        ("https://youtu.be/a-B_1?si=told&t=1h2m3s", f"{YOUTUBE}/a-B_1?start=3723"),
        ("https://youtu.be/a-B_1?t=soon", f"{YOUTUBE}/a-B_1"),
        ("https://www.youtube.com/shorts/a-B_1", f"{YOUTUBE}/a-B_1"),
        ("https://youtube.com/live/a-B_1?start=7", f"{YOUTUBE}/a-B_1?start=7"),
        ("https://vimeo.com/7612", "https://player.vimeo.com/video/7612?dnt=1"),
        ("https://vimeo.com/7612/ab12", "https://player.vimeo.com/video/7612?dnt=1&h=ab12"),
        ("https://player.vimeo.com/video/7?h=ab", "https://player.vimeo.com/video/7?dnt=1&h=ab"),
        (
            "https://soundcloud.com/some-one/a-song?si=told",
            "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fsome-one%2Fa-song",
        ),
        (
            "https://open.spotify.com/intl-es/track/4aB?si=t",
            "https://open.spotify.com/embed/track/4aB",
        ),
        ("https://www.ted.com/talks/lang/es/a_talk", "https://embed.ted.com/talks/a_talk"),
    ],
)
def test_the_player_is_told_from_the_address(url: str, src: str) -> None:
    player = player_of(url)

    assert player is not None
    assert player.src == src
    assert src.startswith(PLAYERS), "the page's policy lets it be framed"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/watch?v=",
        'https://www.youtube.com/watch?v="><script>',
        "https://youtu.be/../../evil",
        "https://youtube.com.evil.test/watch?v=a",
        "https://vimeo.com/channels/staffpicks",
        "https://soundcloud.com/some-one",
        "https://spoti.fi/abc",
        "https://lyceum.test/lesson",
        "https:///nowhere",
        "nothing at all",
    ],
)
def test_what_has_no_player_is_a_link(url: str) -> None:
    assert player_of(url) is None
