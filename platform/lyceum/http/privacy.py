"""What the API's front keeps of a person: answers to requests that may be sent again."""

from __future__ import annotations

from datetime import datetime
from json import dumps

from django.db.models import Q, QuerySet

from lyceum.http.models import StoredAnswer
from lyceum.kernel.privacy import DELETE, Holding, Person, Provider, SchoolHolding
from lyceum.schools.current import CurrentSchool


def answers() -> Provider:
    """Return what is held of answers that wait to be asked for again."""
    return Provider(
        holdings=(
            Holding(
                "http.StoredAnswer",
                "person",
                DELETE,
                untold=("body_digest",),
                part="answers-kept-for-a-day",
            ),
        ),
        of_schools=(SchoolHolding("http.StoredAnswer", untold=("*",)),),
        erase=_erase,
    )


def of_plugin(school: CurrentSchool, slug: str) -> QuerySet[StoredAnswer]:
    """Return the answers that are kept of a plugin's own addresses at a school."""
    at_it = StoredAnswer.objects.filter(path__startswith=f"/api/v1/{slug}/")
    return at_it.filter(school=school.slug)


def _erase(person: Person, at: datetime) -> None:
    # Others' answers may tell of the person: a list of invitations, an account that was made.
    wanted = Q(pk__in=[])
    for word in {*person.addresses, str(person.uuid), person.name if " " in person.name else ""}:
        for written in {word, dumps(word)[1:-1]} - {""}:
            wanted |= Q(body__icontains=written)
    StoredAnswer.objects.filter(wanted).delete()
