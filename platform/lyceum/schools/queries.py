"""What is read of schools and their people."""

from __future__ import annotations

from lyceum.schools.models import School


def all_allowed_origins() -> frozenset[str]:
    """Return every school's allowed origins together, for preflights, which name no school."""
    lists = School.objects.values_list("allowed_origins", flat=True)
    return frozenset(origin for origins in lists for origin in origins)
