"""Links in what people write, however they are disguised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from lyceum.community.filtering.folding import fold

LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
NAME = rf"{LABEL}(?:\.{LABEL}){{1,8}}"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]{1,15}://(?:[^\s/@]*@)?([^\s/:?#]+)")
WWW = re.compile(rf"\bwww\.({NAME})")
BARE = re.compile(rf"(?<![\w@.-])({NAME})(?=[/:?#]|\W|$)")
SITE = re.compile(rf"^{NAME}$")
# Endings that make of two words with a full stop between them an address. Of others, a name with a
# path counts: after a full stop, many people forget the space.
ENDINGS = frozenset(
    (
        *("app", "biz", "blog", "br", "cc", "cn", "club", "co", "com", "dev"),
        *("edu", "eu", "fr", "gg", "gov", "info", "int", "io", "ly", "mil"),
        *("mobi", "net", "online", "org", "porn", "pt", "pw", "ru", "sex", "site"),
        *("tk", "tr", "tv", "uk", "vip", "website", "wiki", "ws", "xxx", "xyz"),
    )
)
SPELT_DOT = re.compile(r"\s*[\[({]\s*(?:\.|dot)\s*[\])}]\s*")


def sites_in(text: str) -> Iterator[str]:
    """Yield the site that each link of a text leads to, without `www.`."""
    plain = SPELT_DOT.sub(".", fold(text))
    for found in SCHEME.finditer(plain):
        yield found[1].removeprefix("www.").rstrip(".")
    rest = SCHEME.sub(" ", plain)
    for found in WWW.finditer(rest):
        yield found[1]
    for found in BARE.finditer(WWW.sub(" ", rest)):
        name = found[1]
        if name.rpartition(".")[2] in ENDINGS or (_has_path(found) and not _is_number(name)):
            yield name


def _has_path(found: re.Match[str]) -> bool:
    return found.string[found.end() : found.end() + 1] == "/"


def leads_elsewhere(text: str, *, allowed: Collection[str]) -> bool:
    """Return whether a text links to any site but those allowed, or what lies below them."""
    return any(
        not any(site == each or site.endswith(f".{each}") for each in allowed)
        for site in sites_in(text)
    )


def is_site(text: str) -> bool:
    """Return whether a text is the name of a site, as in `example.org`."""
    return SITE.match(text) is not None and len(text) <= 253


def _is_number(name: str) -> bool:
    return all(part.isdecimal() for part in name.split("."))
