"""What is held on a person or a school, to take out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Status
from pydantic import Field

from lyceum.accounts.privacy import exports
from lyceum.http.ranges import send_file
from lyceum.http.requests import school_of, user_of
from lyceum.http.routing import SIGNED_IN, SIGNED_IN_ANEW, Router, permitted
from lyceum.http.schemas import Answer
from lyceum.http.throttling import EXPORTS
from lyceum.kernel.clock import now

router = Router(tags=["privacy"])

OF_SCHOOL = permitted("schools.export")
OF_CHILDREN = permitted("accounts.look_after_all")


class ExportOut(Answer):
    """An archive that was asked for: a ZIP of readable files, to be fetched until `expires_at`."""

    id: UUID
    status: Literal["waiting", "ready", "failed"] = Field(
        description="Ask again every few seconds while `waiting`; a mail tells when it is ready."
    )
    size: int = Field(description="In bytes; 0 until it is ready.")
    created_at: datetime
    expires_at: datetime


@router.post(
    "/me/export",
    access=SIGNED_IN_ANEW,
    response={202: ExportOut},
    summary="Ask for all that is held on you",
    limit=EXPORTS,
)
def export_me(request: HttpRequest, response: HttpResponse) -> Status[exports.ExportView]:
    user = user_of(request)
    export = exports.ask_for_export(actor=user, person=user, at=now())
    response["Location"] = f"/api/v1/me/exports/{export.id}"
    return Status(202, export)


@router.get(
    "/me/exports/{uuid:id}",
    access=SIGNED_IN,
    response=ExportOut,
    summary="See whether your archive is ready",
)
def get_my_export(request: HttpRequest, id: UUID) -> exports.ExportView:
    return exports.export_of(asked_by=user_of(request), export_id=id, school=None, of_person=True)


@router.get(
    "/me/exports/{uuid:id}/file",
    access=SIGNED_IN_ANEW,
    response={200: bytes},
    summary="Fetch your archive",
)
def get_my_archive(request: HttpRequest, id: UUID) -> HttpResponse | StreamingHttpResponse:
    found = exports.archive_of(
        asked_by=user_of(request), export_id=id, school=None, of_person=True, at=now()
    )
    return send_file(request, found)


@router.post(
    "/school/managed-accounts/{uuid:id}/export",
    access=permitted("accounts.look_after_all", anew=True),
    response={202: ExportOut},
    summary="Ask for all that is held on a managed account",
    limit=EXPORTS,
)
def export_managed_account(
    request: HttpRequest, id: UUID, response: HttpResponse
) -> Status[exports.ExportView]:
    export = exports.ask_for_export_of_managed(
        actor=user_of(request), school=school_of(request), account=id, at=now()
    )
    response["Location"] = f"/api/v1/school/managed-exports/{export.id}"
    return Status(202, export)


@router.get(
    "/school/managed-exports/{uuid:id}",
    access=OF_CHILDREN,
    response=ExportOut,
    summary="See whether a managed account's archive is ready",
)
def get_managed_export(request: HttpRequest, id: UUID) -> exports.ExportView:
    return exports.export_of(
        asked_by=user_of(request), export_id=id, school=school_of(request), of_person=True
    )


@router.get(
    "/school/managed-exports/{uuid:id}/file",
    access=permitted("accounts.look_after_all", anew=True),
    response={200: bytes},
    summary="Fetch a managed account's archive",
)
def get_managed_archive(request: HttpRequest, id: UUID) -> HttpResponse | StreamingHttpResponse:
    found = exports.archive_of(
        asked_by=user_of(request),
        export_id=id,
        school=school_of(request),
        of_person=True,
        at=now(),
    )
    return send_file(request, found)


@router.post(
    "/school/export",
    access=permitted("schools.export", anew=True),
    response={202: ExportOut},
    summary="Ask for all that the school has",
    limit=EXPORTS,
)
def export_school(request: HttpRequest, response: HttpResponse) -> Status[exports.ExportView]:
    export = exports.ask_for_export(actor=user_of(request), school=school_of(request), at=now())
    response["Location"] = f"/api/v1/school/exports/{export.id}"
    return Status(202, export)


@router.get(
    "/school/exports/{uuid:id}",
    access=OF_SCHOOL,
    response=ExportOut,
    summary="See whether the school's archive is ready",
)
def get_school_export(request: HttpRequest, id: UUID) -> exports.ExportView:
    return exports.export_of(
        asked_by=user_of(request), export_id=id, school=school_of(request), of_person=False
    )


@router.get(
    "/school/exports/{uuid:id}/file",
    access=permitted("schools.export", anew=True),
    response={200: bytes},
    summary="Fetch the school's archive",
)
def get_school_archive(request: HttpRequest, id: UUID) -> HttpResponse | StreamingHttpResponse:
    found = exports.archive_of(
        asked_by=user_of(request),
        export_id=id,
        school=school_of(request),
        of_person=False,
        at=now(),
    )
    return send_file(request, found)
