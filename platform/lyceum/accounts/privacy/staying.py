"""Keeping somebody from being erased while something of theirs is stored."""

from __future__ import annotations

from lyceum.accounts.models import User
from lyceum.kernel.errors import NotAuthenticated


def hold(person: User) -> None:
    """
    Have an erasure of a person wait until this transaction ends. Call it before storing a file:
    of one stored for who is gone meanwhile, nobody would know.

    :raises NotAuthenticated: if they are gone already
    """
    there = User.objects.select_for_update(of=("self",), no_key=True).filter(pk=person.pk)
    if not there.values_list("pk", flat=True).first():
        raise NotAuthenticated
