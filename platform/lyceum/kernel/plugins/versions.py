"""The version of what plugins build on, and the names that no plugin may take."""

from __future__ import annotations

import re

# The host's own, apart from the product's: it grows by what plugins see (semver.org).
HOST_API = "1.0.0"

SLUG = re.compile(r"^[a-z][a-z0-9_]{2,29}$")

# Where screens of plugins may draw.
SLOTS = {
    "lesson.after": "below a lesson",
    "exercise.after": "below an exercise",
    "person.profile": "on the page of a person",
    "home.card": "a card of the first page",
    "nav": "among the ways through the school",
}

# First segments of the API's addresses and of a school's pages, now and to come; labels of the
# house's own rooms; and what tables of nobody's models are named after.
RESERVED = frozenset(
    {
        *("account", "accounts", "admin", "allauth", "api", "audit", "auth", "classes", "cms"),
        *("community", "content", "courses", "dashboard", "deliver", "delivery", "deploy"),
        *(
            "django",
            "docs",
            "documentation",
            "sqlite",
            "events",
            "files",
            "gradebook",
            "guardian",
            "headless",
        ),
        *("health", "imports", "instance", "kernel", "learn", "learning", "lyceum", "me", "media"),
        *("members", "mfa", "moderation", "ninja", "notifications", "openapi", "people"),
        *(
            "platform",
            "plugins",
            "preview",
            "problems",
            "progress",
            "redoc",
            "reports",
            "school",
            "schools",
        ),
        *("search", "sessions", "socialaccount", "static", "sync", "testing", "themes"),
        *("theming", "usersessions", "wagtail", "webhooks"),
    }
)
