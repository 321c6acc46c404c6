from django.db import models

from lyceum.plugin.models import SchoolScopedModel


class Half(SchoolScopedModel):
    """Registered with Django before the file breaks."""

    word = models.CharField(max_length=20)


raise RuntimeError("this file is broken")
