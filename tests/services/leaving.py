"""Run on a topology: let a person who signed up there leave all the traces that there are."""

from __future__ import annotations

from itertools import count

import django


def leave() -> None:
    """Let them teach and learn at `toto`, belong to a second school, and hold a passkey."""
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession
    from django.test import override_settings

    from lyceum.accounts.models import User
    from lyceum.schools.current import school_by_slug
    from lyceum.schools.models import Membership
    from tests import pages
    from tests.lives import EMAIL, FIRST, LAST, SAID, a_life
    from tests.people import a_member, a_school

    pages._numbers = count(100)  # the seeding, another process, began with 1 too
    user = User.objects.get(email=EMAIL)
    User.objects.filter(pk=user.pk).update(first_name=FIRST, last_name=LAST)
    user.refresh_from_db()
    Membership.objects.filter(user=user).update(roles=frozenset({"teacher", "content_creator"}))
    a_member(school_by_slug("toto"), "admin")
    # Its clients speak to the code at once, past the proxy that production wants to be behind.
    with override_settings(SECURE_SSL_REDIRECT=False, ALLOWED_HOSTS=["*"]):
        a_life(school_by_slug("toto"), user)
    campus = a_school("campus")
    Membership.objects.create(school_id=campus.id, user=user, roles=frozenset({"student"}))
    Authenticator.objects.filter(user=user).update(type="webauthn", data={"name": SAID})
    assert UserSession.objects.filter(user=user).count() > 1


if __name__ == "__main__":
    django.setup()
    leave()
