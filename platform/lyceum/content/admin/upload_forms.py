"""The libraries' forms: they tell the browser what is taken, so that nobody waits to be refused."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from lyceum.content.files.uploads import AUDIO, CAPTIONS, DOCUMENT, IMAGE, VIDEO, Sort, told_of


class _Told:
    """Says of each field for a file what it takes, and what to say while it is sent."""

    fields: dict[str, Any]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, sort in self.sorts().items():
            if name in self.fields:
                self.fields[name].widget.attrs.update(told_to_browser(sort))

    def sorts(self) -> dict[str, Sort]:
        """Return what each field for a file takes."""
        return {}


class ImageForm(_Told, BaseImageForm):
    def sorts(self) -> dict[str, Sort]:
        return {"file": IMAGE}


class DocumentForm(_Told, BaseDocumentForm):
    def sorts(self) -> dict[str, Sort]:
        return {"file": DOCUMENT}


class MediaForm(_Told, BaseMediaForm):
    def sorts(self) -> dict[str, Sort]:
        return {
            "file": AUDIO if self.instance.type == "audio" else VIDEO,
            "captions": CAPTIONS,
        }


def told_to_browser(sort: Sort) -> dict[str, str]:
    """Return the attributes that `uploads.js` reads."""
    words = {
        "sending": _("Uploading: {done} of {all} MB"),
        "reading": _("Uploaded. The file is being looked at…"),
        "cancel": _("Cancel"),
        "cancelled": _("The upload was cancelled."),
        "failed": _("The upload failed. Try it again; what you wrote is still here."),
        "refused": _("The upload was refused ({status})."),
        **told_of(sort),
    }
    return {
        "accept": ",".join(f".{ending}" for ending in sort.contents),
        "data-upload-most": str(sort.limit),
        "data-upload-words": json.dumps(words),
    }
