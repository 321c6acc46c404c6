"""Parts of the preview page: each block and task by a template of its own name."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.loader import select_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Links to other pages, which a front end makes addresses of. A preview leads nowhere.
PAGE_LINK = re.compile(r'<a href="lyceum:[^"]*"[^>]*>')
# Not the items of a list, whose marks stand on the side where the list begins.
PART = re.compile("<(p|ul|ol|h3|h4)>")


@register.simple_tag(takes_context=True)
def show(context: template.Context, folder: str, name: str, it: Any) -> SafeString:
    """
    Return a thing as the template of its name shows it, or as `other.html` does.

    Whoever brings a block or a kind of exercise may bring `content/preview/blocks/<type>.html` or
    `content/preview/tasks/<kind>.html`.
    """
    found = select_template(
        [f"content/preview/{folder}/{name}.html", f"content/preview/{folder}/other.html"]
    )
    return mark_safe(found.render({**context.flatten(), "it": it, "name": name}))


@register.filter
def rich(html: str) -> SafeString:
    """Return a document's HTML, cleaned when it was rendered, each part in its own direction."""
    return mark_safe(PART.sub(r'<\1 dir="auto">', PAGE_LINK.sub("<a>", html)))
