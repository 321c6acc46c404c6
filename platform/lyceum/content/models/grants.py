"""A page, with all that lies below it, given to one person."""

from __future__ import annotations

from django.db import models
from guardian.models import UserObjectPermissionBase

from lyceum.content.models.pages import BasePage


class PageGrant(UserObjectPermissionBase):
    """guardian's row for pages. A direct foreign key, so that none outlives its page."""

    content_object = models.ForeignKey(BasePage, on_delete=models.CASCADE, related_name="grants")
