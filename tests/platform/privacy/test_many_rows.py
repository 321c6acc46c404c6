"""However many rows name somebody, few of them are in memory at a time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.db.models.signals import post_delete

from lyceum.accounts.models import PersonalToken
from lyceum.accounts.privacy.people import person_of
from lyceum.kernel import holdings
from lyceum.kernel.holdings import erase_rows
from lyceum.kernel.privacy import DELETE, Holding
from tests.people import a_member, a_school, a_token

pytestmark = pytest.mark.django_db


def test_rows_that_somebody_is_told_of_go_in_slices_and_no_others_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(holdings, "BATCH", 3)
    school = a_school("toto")
    ana, ben = a_member(school), a_member(school)
    for _ in range(10):
        a_token(ana, school, "account:read")
    a_token(ben, school, "account:read")
    told: Counter[int] = Counter()

    def note(origin: Any, **_: Any) -> None:
        told[id(origin)] += 1
        kept.append(origin)  # so that no other gets its id

    kept: list[Any] = []
    post_delete.connect(note, sender=PersonalToken)
    try:
        erase_rows(person_of(ana), Holding("accounts.PersonalToken", "user", DELETE))
    finally:
        post_delete.disconnect(note, sender=PersonalToken)

    assert sorted(told.values()) == [1, 3, 3, 3]
    assert [token.user for token in PersonalToken.objects.all()] == [ben]
