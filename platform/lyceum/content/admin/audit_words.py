"""What the audit's page calls each action, as in “Ana switched a plugin on”."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# By what an action begins with: how the whole family is called, and each of it.
FAMILIES: dict[str, tuple[Words, dict[str, Words]]] = {
    "account": (
        _("Accounts and signing in"),
        {
            "signed_in": _("signed in"),
            "signed_out": _("signed out"),
            "sign_in_failed": _("failed to sign in"),
            "sign_in_refused": _("was refused to sign in"),
            "second_factor_failed": _("failed at the second factor"),
            "second_factor_refused": _("was refused at the second factor"),
            "passkey_failed": _("failed to sign in by a passkey"),
            "password_reset_asked": _("asked for a new password"),
            "confirmation_failed": _("failed to confirm who they are"),
            "signed_up": _("signed up"),
            "session_ended": _("ended a session"),
            "sessions_ended": _("ended sessions"),
            "password_changed": _("changed the password"),
            "profile_changed": _("changed the profile"),
            "avatar_changed": _("changed the picture"),
            "email_changed": _("changed the e-mail address"),
            "email_verified": _("proved the e-mail address"),
            "factor_added": _("added a second factor"),
            "factor_removed": _("removed a second factor"),
            "factor_reset": _("replaced a second factor"),
            "factors_removed": _("removed all second factors"),
            "recovery_code_used": _("used a recovery code"),
            "provider_connected": _("connected a provider's account"),
            "provider_disconnected": _("disconnected a provider's account"),
            "token_made": _("made a personal token"),
            "token_revoked": _("revoked a personal token"),
            "export_asked": _("asked for all that is held on a person"),
            "erased": _("erased an account"),
        },
    ),
    "managed_account": (
        _("Children's accounts"),
        {
            "made": _("made a child's account"),
            "changed": _("changed a child's account"),
            "password_set": _("gave a child a new password"),
        },
    ),
    "school": (
        _("The school and its members"),
        {
            "founded": _("founded the school"),
            "settings_changed": _("changed the school's settings"),
            "joined": _("joined the school"),
            "left": _("left the school"),
            "member_changed": _("changed a member"),
            "invited": _("invited somebody"),
            "invitation_revoked": _("revoked an invitation"),
            "export_asked": _("asked for all that the school has"),
            "audit_taken_out": _("took the audit out"),
            "deleted": _("deleted the school"),
        },
    ),
    "plugin": (
        _("Plugins"),
        {
            "enabled": _("switched a plugin on"),
            "disabled": _("switched a plugin off"),
            "suspended": _("suspended a plugin"),
            "settings_changed": _("changed a plugin's settings"),
            "data_taken_out": _("took out what a plugin keeps"),
            "purged": _("deleted what a plugin keeps"),
            "installed": _("installed a plugin"),
            "upgraded": _("upgraded a plugin"),
            "uninstalled": _("uninstalled a plugin"),
            "set_aside": _("set a plugin aside"),
        },
    ),
    "page": (
        _("Pages"),
        {
            "made": _("made a page"),
            "copied": _("copied a page"),
            "published": _("published a page"),
            "publication_planned": _("planned a page's publication"),
            "publication_cancelled": _("cancelled a page's publication"),
            "unpublished": _("took a page back"),
            "moved": _("moved a page"),
            "deleted": _("deleted a page"),
            "locked": _("locked a page"),
            "unlocked": _("unlocked a page"),
            "sent_for_review": _("sent a page for review"),
            "approved": _("approved a page"),
            "rejected": _("rejected a page"),
            "review_cancelled": _("cancelled a page's review"),
            "granted": _("gave somebody rights on a page"),
            "revoked": _("took back somebody's rights on a page"),
        },
    ),
    "content": (
        _("Content as a whole"),
        {
            "imported": _("imported content"),
            "viewed_as": _("viewed the catalogue as another would"),
        },
    ),
    "file": (_("Files of the library"), {"deleted": _("deleted a file")}),
    "recording": (
        _("Recordings"),
        {"kept": _("handed in a recording"), "deleted": _("deleted a recording")},
    ),
    "moderation": (
        _("Moderation"),
        {
            "filters_changed": _("changed the filters"),
            "review": _("took a case up"),
            "note": _("noted something on a case"),
            "hide": _("hid something"),
            "restore": _("brought something back"),
            "bin": _("put something in the bin"),
            "warn": _("acted on a case by a warning"),
            "suspend": _("acted on a case by a suspension"),
            "lift": _("acted on a case by lifting a suspension"),
            "resolve": _("resolved a case"),
            "dismiss": _("dismissed a case"),
            "person_warned": _("warned somebody"),
            "contact_suspended": _("suspended somebody from contact"),
            "contact_suspension_lifted": _("lifted somebody's suspension"),
        },
    ),
}


# What something was done to, where it is of the house.
KINDS: dict[str, Words] = {
    "page": _("page"),
    "school": _("school"),
    "person": _("person"),
    "plugin": _("plugin"),
}


def kind_of(code: str) -> str:
    """Return what a kind of target is called; one that is not known here, by its code."""
    return str(KINDS.get(code, code.replace("_", " ")))


def words_of(action: str) -> str:
    """Return what an action is called; one that is not known here, as of a plugin, by its code."""
    family, _dot, act = action.partition(".")
    _name, acts = FAMILIES.get(family, ("", {}))
    if act in acts:
        return str(acts[act])
    return f"{family}: {act.replace('_', ' ')}" if act else action


def choices_of_actions(plugins: Iterable[str]) -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Return what can be asked for: whole families, and single acts of those known here."""
    known = [
        (
            name,
            [(f"{family}.", _("All of these")), *((f"{family}.{a}", w) for a, w in acts.items())],
        )
        for family, (name, acts) in FAMILIES.items()
    ]
    own: list[tuple[str, Words]] = [(f"{slug}.", slug) for slug in sorted(plugins)]
    return [*known, (_("What plugins wrote down"), own)] if own else list(known)
