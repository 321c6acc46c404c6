"""The critical actions on content: pages, who may edit them, files and recordings."""

from __future__ import annotations

from lyceum.events.actions import Action, declare_actions

SCHOOL = "the school"
PAGE = "the page"
OWNER = "of a person's own"
TYPE = {"type": "the page's, as `lesson`"}
LIVE = {**TYPE, "live": "whether readers saw it before, and see it after"}
RIGHTS = {"permissions": "before and after", "person": "whose, by id"}


def declare() -> None:
    """Say what this room writes into the audit. Called in `AppConfig.ready()`."""
    declare_actions(*_of_schools(), *_of_pages(), *_of_reviews(), *_of_files())


def _of_schools() -> tuple[Action, ...]:
    return (Action("school.founded", "There is a new school.", SCHOOL),)


def _of_pages() -> tuple[Action, ...]:
    return (
        Action("page.made", "There is a new page.", PAGE, TYPE),
        Action("page.copied", "A page was copied; the row is the copy's.", PAGE, TYPE),
        Action("page.published", "Readers see what was edited.", PAGE, LIVE),
        Action("page.unpublished", "Readers see the page no more.", PAGE, LIVE),
        Action("page.publication_planned", "A page will be published by itself.", PAGE, TYPE),
        Action("page.publication_cancelled", "A page will not be published by itself.", PAGE, TYPE),
        Action(
            "page.moved",
            "A page stands elsewhere.",
            PAGE,
            {**TYPE, "below": "the page that it stood below, and the one that it stands below"},
        ),
        Action("page.deleted", "A page is gone, with all below it.", PAGE, LIVE),
        Action("page.locked", "A page cannot be edited for now.", PAGE, TYPE),
        Action("page.unlocked", "A page can be edited again.", PAGE, TYPE),
        Action("page.granted", "Somebody was given rights on a page.", PAGE, RIGHTS),
        Action("page.revoked", "Rights on a page were taken back.", PAGE, RIGHTS),
    )


def _of_reviews() -> tuple[Action, ...]:
    return (
        Action("page.sent_for_review", "A page waits for a reviewer.", PAGE, TYPE),
        Action("page.approved", "A reviewer agreed.", PAGE, TYPE),
        Action("page.rejected", "A reviewer sent a page back.", PAGE, TYPE),
        Action("page.review_cancelled", "A page waits for no reviewer any more.", PAGE, TYPE),
    )


def _of_files() -> tuple[Action, ...]:
    return (
        Action(
            "file.deleted",
            "An image, a document, or a sound or film is gone from the school's library.",
            "the file",
            {"type": "`image`, `document` or `media`"},
        ),
        Action("recording.kept", "A recording was kept.", f"the recording, {OWNER}"),
        Action("recording.deleted", "A recording was deleted.", f"the recording, {OWNER}"),
    )
