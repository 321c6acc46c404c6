"""A small API of its own, with one POST that makes something: a class of the given name."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from ninja import Status
from wagtail.admin import urls as admin_urls

from lyceum.http.api import LyceumAPI
from lyceum.http.requests import school_of
from lyceum.http.routing import Router, permitted
from lyceum.http.schemas import Answer, Body
from lyceum.kernel.errors import Conflict
from lyceum.schools.models import Cohort

router = Router()


class NameTaken(Conflict):
    """There is a class of this name. Choose another."""

    code = "name_taken"


class NoteIn(Body):
    name: str


class NoteOut(Answer):
    id: UUID


@router.post(
    "/school/notes", access=permitted("schools.invite"), response={201: NoteOut}, repeatable=True
)
def make_note(request: HttpRequest, body: NoteIn, response: HttpResponse) -> Status[NoteOut]:
    school = school_of(request)
    if Cohort.objects.filter(school_id=school.id, name=body.name).exists():
        raise NameTaken
    cohort = Cohort.objects.create(school_id=school.id, name=body.name)
    response["Location"] = f"/api/v1/school/notes/{cohort.uuid}"
    return Status(201, NoteOut(id=cohort.uuid))


api = LyceumAPI(urls_namespace="notes")
api.add_router("", router)
# With the admin, whose door is there for every address.
urlpatterns = [path("api/v1/", api.urls), path("admin/", include(admin_urls))]
