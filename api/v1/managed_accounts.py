"""Managed accounts: children's log-ins without an e-mail address, looked after by their school."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import Field

from api.v1.members import MembershipStatus
from lyceum.access.permissions import can
from lyceum.accounts.managed import care, making
from lyceum.accounts.managed.user_names import Name
from lyceum.accounts.privacy import erasing
from lyceum.http.pagination import Paging, paginate
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import Router, permitted
from lyceum.http.schemas import Answer, Body, Line, Page
from lyceum.kernel.clock import now
from lyceum.schools.managed import managed_members

if TYPE_CHECKING:
    from lyceum.accounts.models import User

router = Router(tags=["managed accounts"])

# A teacher passes, and is then held to their own classes.
LOOKING_AFTER = permitted("accounts.look_after")

RULE = (
    "At least 8 signs, not common, not digits alone, not like the name. Left out, one is found: "
    "three words and a number. Capitals, accents, blanks and hyphens do not count."
)
PersonName = Annotated[Line, Field(max_length=100)]
FirstName = Annotated[Line, Field(min_length=1, max_length=100)]
UserName = Annotated[Line, Field(max_length=100)]
Password = Annotated[Line, Field(max_length=100, description=RULE)]


class ManagedAccountOut(Answer):
    """A managed account. `id` is that of its membership, `person` that of its person."""

    id: UUID
    person: UUID
    first_name: str
    last_name: str
    username: str
    status: MembershipStatus
    level: str = Field(description='One of the school\'s levels, "" for none.')
    is_child: bool
    cohorts: list[UUID]
    joined_at: datetime
    last_seen_at: datetime | None


class CredentialsOut(Answer):
    """An account with its password, which is told this once and kept nowhere."""

    account: ManagedAccountOut
    password: str


class CredentialsListOut(Answer):
    """Accounts with their passwords, in the order in which they were asked for."""

    items: list[CredentialsOut]


class NewAccountIn(Body):
    """A child's account. Without a user name, one is made from the name."""

    first_name: FirstName
    last_name: PersonName = ""
    username: UserName = ""
    password: Password = ""


class NewAccountsIn(Body):
    """Accounts to be made together, all or none; a teacher names one of their own classes."""

    accounts: list[NewAccountIn] = Field(min_length=1, max_length=making.MOST_AT_ONCE)
    cohort: UUID | None = None
    level: Line = Field(default="", max_length=10)


class PersonNameIn(Body):
    """How a child is called."""

    first_name: FirstName
    last_name: PersonName = ""


class NamesIn(Body):
    """For whom to propose user names."""

    names: list[PersonNameIn] = Field(min_length=1, max_length=making.MOST_AT_ONCE)


class UserNamesOut(Answer):
    """A user name for each name, in their order. Nothing was made or set aside."""

    usernames: list[str]


class AccountChanges(Body):
    """What is to change; what is left out stays."""

    # Only what was sent is looked at: the defaults stand for nothing, and stay out of the document.

    first_name: FirstName = Field(default_factory=str)
    last_name: PersonName = ""
    username: UserName = Field(default_factory=str, min_length=1)
    level: Line = Field(default="", max_length=10)
    status: Literal["active", "inactive"] = "active"


class PasswordIn(Body):
    """The new password, or nothing to have one found."""

    password: Password = ""


class AccountFilters(Paging):
    cohort: UUID | None = None


def _only_taught_by(request: HttpRequest) -> User | None:
    """Return the teacher to whose classes the caller is held; None for who has the whole school."""
    person, school = user_of(request), school_of(request)
    return None if can(person, "accounts.look_after_all", school) else person


@router.get(
    "/school/managed-accounts",
    access=LOOKING_AFTER,
    scope="members:read",
    response=Page[ManagedAccountOut],
    summary="List the managed accounts that you look after",
)
def list_managed_accounts(request: HttpRequest, filters: Query[AccountFilters]) -> dict[str, Any]:
    found = managed_members(
        school_of(request), taught_by=_only_taught_by(request), cohort=filters.cohort
    )
    return paginate(found, order=["joined_at", "id"], paging=filters, view=making.view_of)


@router.post(
    "/school/managed-accounts/proposals",
    access=LOOKING_AFTER,
    scope="members:read",
    response=UserNamesOut,
    summary="Propose user names",
)
def propose_user_names(request: HttpRequest, body: NamesIn) -> dict[str, list[str]]:
    names = [Name(each.first_name, each.last_name) for each in body.names]
    found = making.propose_user_names(school=school_of(request), names=names)
    return {"usernames": found}


@router.post(
    "/school/managed-accounts",
    access=LOOKING_AFTER,
    response={201: CredentialsListOut},
    summary="Make managed accounts",
)
def make_managed_accounts(request: HttpRequest, body: NewAccountsIn, response: HttpResponse) -> Any:
    """
    Make up to 40 accounts, all or none, each with a password that is told in this answer alone.

    An `Idempotency-Key` does nothing here: an answer that holds passwords is not kept. Send the
    user names (there is a call that proposes some), and a request that comes a second time is 409
    `username_taken` and makes nothing.
    """
    made = making.make_accounts(
        actor=user_of(request),
        school=school_of(request),
        wanted=[making.NewAccount(**each.model_dump()) for each in body.accounts],
        cohort=body.cohort,
        level=body.level,
        taught_by=_only_taught_by(request),
        at=now(),
    )
    response["Cache-Control"] = "no-store"
    return Status(201, {"items": made})


@router.patch(
    "/school/managed-accounts/{uuid:id}",
    access=LOOKING_AFTER,
    scope="members:write",
    response=ManagedAccountOut,
    summary="Rename, deactivate or activate a managed account",
)
def change_managed_account(
    request: HttpRequest, id: UUID, body: AccountChanges
) -> making.ManagedAccount:
    return care.change_account(
        actor=user_of(request),
        school=school_of(request),
        account=id,
        changes=body.model_dump(exclude_unset=True),
        taught_by=_only_taught_by(request),
        at=now(),
    )


@router.post(
    "/school/managed-accounts/{uuid:id}/password",
    access=LOOKING_AFTER,
    response=CredentialsOut,
    summary="Give a managed account a new password",
)
def reset_managed_password(
    request: HttpRequest, id: UUID, body: PasswordIn, response: HttpResponse
) -> making.Credentials:
    """Replace the password. Everything signed in with the old one ends at once."""
    response["Cache-Control"] = "no-store"
    [given] = care.give_new_passwords(
        actor=user_of(request),
        school=school_of(request),
        accounts=[id],
        password=body.password,
        taught_by=_only_taught_by(request),
    )
    return given


@router.delete(
    "/school/managed-accounts/{uuid:id}",
    access=permitted("accounts.look_after_all", anew=True),
    response={204: None},
    summary="Erase a managed account for good",
)
def erase_managed_account(request: HttpRequest, id: UUID) -> Status[None]:
    erasing.erase_managed(actor=user_of(request), school=school_of(request), account=id, at=now())
    return Status(204, None)
