"""
The players of other sites: where what lies there can be played within a page of ours.

Found by the address alone: nothing is fetched from there by the server, nor by a reader's browser
before the reader asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, quote, urlsplit

Kind = Literal["video", "sound"]


@dataclass(frozen=True)
class Player:
    """A page for a frame, and whether there is something to see."""

    src: str
    kind: Kind


@dataclass(frozen=True)
class Site:
    """A site whose things can be played elsewhere: where its player lies, and how it is asked."""

    player: str
    kind: Kind
    # The host, path and query of an address; what is asked of the player, nothing if it has none.
    asked: Callable[[str, str, dict[str, list[str]]], str]


def player_of(url: str) -> Player | None:
    """Return what plays an address within another page, None where its site has no such thing."""
    parts = urlsplit(url)
    host = re.sub(r"^(www|m|music)\.", "", (parts.hostname or "").lower())
    site = SITES.get(host)
    asked = site.asked(host, parts.path, parse_qs(parts.query)) if site else ""
    return Player(src=site.player + asked, kind=site.kind) if site and asked else None


def _youtube(host: str, path: str, query: dict[str, list[str]]) -> str:
    short = r"/([\w-]+)" if host == "youtu.be" else r"/(?:shorts|live|embed|v)/([\w-]+)"
    named = re.fullmatch(short, path)
    of_page = query.get("v", [""])[0] if path == "/watch" else ""
    video = named[1] if named else of_page
    if not re.fullmatch(r"[\w-]+", video):
        return ""
    return f"/embed/{video}{_start(query.get('t') or query.get('start') or [''])}"


def _start(told: list[str]) -> str:
    """Return where to begin, of `90`, `90s` or `1m30s`, as YouTube's player is told: in seconds."""
    time = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", told[0])
    if not told[0] or not time:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in time.groups())
    return f"?start={hours * 3600 + minutes * 60 + seconds}"


def _vimeo(host: str, path: str, query: dict[str, list[str]]) -> str:
    # A film that is not listed has a second word in its address, without which it does not play.
    film = re.fullmatch(r"(?:/video)?/(\d+)(?:/(\w+))?", path)
    unlisted = film and (film[2] or query.get("h", [""])[0])
    if not film:
        return ""
    # "Do not track": no cookies of theirs.
    return f"/video/{film[1]}?dnt=1" + (f"&h={quote(unlisted)}" if unlisted else "")


def _soundcloud(host: str, path: str, query: dict[str, list[str]]) -> str:
    track = re.fullmatch(r"/[\w-]+/(?:sets/)?[\w-]+(?:/s-\w+)?", path)
    return f"/player/?url={quote(f'https://soundcloud.com{path}', safe='')}" if track else ""


def _spotify(host: str, path: str, query: dict[str, list[str]]) -> str:
    kinds = "track|album|playlist|artist|show|episode"
    thing = re.fullmatch(rf"(?:/intl-[\w-]+)?/({kinds})/(\w+)", path)
    return f"/embed/{thing[1]}/{thing[2]}" if thing else ""


def _ted(host: str, path: str, query: dict[str, list[str]]) -> str:
    talk = re.fullmatch(r"/talks/(?:lang/[\w-]+/)?(\w+)", path)
    return f"/talks/{talk[1]}" if talk else ""


YOUTUBE = Site("https://www.youtube-nocookie.com", "video", _youtube)
VIMEO = Site("https://player.vimeo.com", "video", _vimeo)
SITES = {
    "youtube.com": YOUTUBE,
    "youtube-nocookie.com": YOUTUBE,
    "youtu.be": YOUTUBE,
    "vimeo.com": VIMEO,
    "player.vimeo.com": VIMEO,
    "soundcloud.com": Site("https://w.soundcloud.com", "sound", _soundcloud),
    "open.spotify.com": Site("https://open.spotify.com", "sound", _spotify),
    "ted.com": Site("https://embed.ted.com", "video", _ted),
}
# What a page may frame, for its policy.
PLAYERS = tuple(sorted({site.player for site in SITES.values()}))
