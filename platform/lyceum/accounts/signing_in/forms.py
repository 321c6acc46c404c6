"""What one tells of oneself when signing up, beside address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest

from lyceum.accounts.models import User


class SignUpFields(forms.Form):
    """The name. A role is never read from a request."""

    first_name = forms.CharField(max_length=100, required=False)
    last_name = forms.CharField(max_length=100, required=False)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the adapter saves all fields. allauth demands the method."""
