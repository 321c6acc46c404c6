"""Rich text as readers get it: a small, clean HTML, whose links to pages lead by id."""

from __future__ import annotations

import re

import nh3

from lyceum.plugin.content import Rendering, linked_page

TAGS = {"p", "b", "i", "a", "ul", "ol", "li", "h3", "h4", "br", "hr"}

# Wagtail writes a link to a page as <a linktype="page" id="5">.
PAGE_LINK = re.compile(r'<a\b[^>]*?\blinktype="page"[^>]*>')
PAGE_ID = re.compile(r'\bid="(\d+)"')


def clean_html(source: str, rendering: Rendering) -> str:
    """
    Return rich text as HTML of few tags.

    A link to another page is `lyceum:<type>/<uuid>`, for the front end to make an address of;
    one to a page that is not published is its text alone.
    """
    linked = PAGE_LINK.sub(lambda found: _page_link(found.group(), rendering), source)
    plain = linked.replace("<strong", "<b").replace("</strong>", "</b>")
    plain = plain.replace("<em>", "<i>").replace("</em>", "</i>")
    return nh3.clean(
        plain,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto", "lyceum"},
        link_rel="noopener noreferrer",
    )


def _page_link(tag: str, rendering: Rendering) -> str:
    found = PAGE_ID.search(tag)
    target = linked_page(int(found.group(1))) if found else None
    if target is None:
        return "<a>"
    uuid, type_ = target
    # Noted even while it is not published: the day it is, the link appears.
    rendering.shows_page(uuid)
    return f'<a href="lyceum:{type_}/{uuid}">' if type_ else "<a>"
