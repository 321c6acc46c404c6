"""The HTML that texts of a content folder may hold."""

from __future__ import annotations

from html.parser import HTMLParser

TAGS = frozenset(["p", "b", "i", "a", "ul", "ol", "li", "h3", "h4", "br", "hr"])
EMPTY = frozenset({"br", "hr"})


def faults_of_markup(text: str) -> list[str]:
    """Return what in an HTML text is not allowed, each fault in one sentence."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.open:
        reader.faults.append(f"<{reader.open[-1]}> is not closed.")
    return list(dict.fromkeys(reader.faults))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            allowed = ", ".join(sorted(TAGS))
            self.faults.append(f"<{tag}> is not allowed; these tags are: {allowed}.")
        for name, value in attrs:
            if (tag, name) != ("a", "href"):
                self.faults.append(f"<{tag}> takes no attribute “{name}”.")
            elif not (value or "").startswith("https://"):
                self.faults.append("A link must start with https://.")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in EMPTY:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes nothing that is open here.")
        else:
            self.open.pop()

    def handle_comment(self, data: str) -> None:
        self.faults.append("Comments are not allowed in HTML texts.")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("Declarations are not allowed in HTML texts.")

    unknown_decl = handle_decl
    handle_pi = handle_decl
