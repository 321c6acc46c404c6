"""How somebody says in the editor that they mean it: by a word, and by signing in again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from lyceum.content.admin.doors import sign_in_again

app_name = "lyceum_confirming"


class WordForm(forms.Form):
    """The word that has to be written by hand."""

    word = forms.CharField(widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}))

    def __init__(self, *args: Any, word: str, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = word
        self.fields["word"].label = label
        told = gettext("Write %(word)s to delete all this for good.")
        self.fields["word"].help_text = told % {"word": word}

    def clean_word(self) -> str:
        word: str = self.cleaned_data["word"].strip()
        if word != self.expected:
            raise forms.ValidationError(gettext("Write %(word)s.") % {"word": self.expected})
        return word


@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Have somebody sign in again, and come back to where they were."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        raise Http404
    return sign_in_again(request, back)


urlpatterns = [path("", again, name="again")]
