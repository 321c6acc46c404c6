"""What Wagtail's own catalogues leave untranslated of the editor, and what they say wrongly."""

from __future__ import annotations

# Those whose texts a creator or a manager can come to see.
PACKAGES = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.locales",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "wagtailmedia",
)

# By language: the texts that are translated there, but wrongly, such as "live" as "see it live".
CORRECTED = {
    "es": (
        "%(count)s image",
        "Login",
        "%(time_period)s ago",
        "(Private %(object)s)",
        "Add selected images to collection",
        "Bulk delete",
        "Choose who can view the live version of this page",
        "Compare with live version",
        "Go live date/time must be before expiry date/time",
        "Live",
        "Live version",
        "Once live anyone can view",
        "Private. Visit the live page",
        "Select row",
        "This page is live. Would you like to publish its copy as well?",
        "View live",
        "Visible to all. Visit the live page",
        "You haven't uploaded any images in this collection. Why not "
        '<a href="%(wagtailimages_add_image_url)s">upload one now</a>?',
        "You haven't uploaded any images. Why not "
        '<a href="%(wagtailimages_add_image_url)s">upload one now</a>?',
        "go live date/time",
        "live",
        "live + draft",
        "live + in moderation",
        "live + scheduled",
    ),
    "ar": (
        "Bold",
        "Italic",
        "Choose when this %(model_name)s should go live and/or expire",
        "Choose when this page should go live and/or expire",
        "Compare with live version",
        "Live",
        "View live",
        "live",
        "live + draft",
        "live + in moderation",
        "live + scheduled",
    ),
}
