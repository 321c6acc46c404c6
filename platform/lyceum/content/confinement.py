"""How pages and files are confined to a school: by the tree they hang in, by their collection."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, QuerySet
from treebeard.mp_tree import MP_Node

from lyceum.schools.confinement import Confines, Within


class _WithinTree(Within):
    lookup_name = "within_tree"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        # The root above all schools is no school's page, but what walks up a tree must meet it.
        top = confines.root_path[: MP_Node.steplen]
        return f"({column} LIKE %s OR {column} = %s)", [f"{confines.root_path}%", top]


class _WithinLibrary(Within):
    lookup_name = "within_library"

    def condition(self, column: str, confines: Confines) -> tuple[str, list[Any]]:
        # By ids: a search filters by columns of its own, and follows no joins.
        places = ", ".join(["%s"] * len(confines.collections))
        return f"{column} IN ({places})", confines.collections


class ConfinedPages(models.Manager[Any]):
    """A manager's way to a school's own pages. Mixed in before the manager proper."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(_WithinTree(F("path")))


class ConfinedFiles(models.Manager[Any]):
    """A manager's way to the files of a school's own library."""

    def get_queryset(self) -> QuerySet[Any]:
        return super().get_queryset().filter(_WithinLibrary(F("collection")))
