"""Sessions that name a person, found by what they hold."""

from __future__ import annotations

import json

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from lyceum.kernel.privacy import Person


def names(session_data: str, person: Person) -> bool:
    """Return whether a session is a person's, or holds an address or a name of theirs."""
    data = Session(session_data=session_data).get_decoded()
    if str(data.get(SESSION_KEY, "")) == str(person.id):
        return True
    # Of a log-in that waits for a code or a second factor.
    text = json.dumps(data, ensure_ascii=False, default=str).lower()
    # A first name alone may be part of anybody's words.
    known_by = {*person.addresses, str(person.uuid), person.name if " " in person.name else ""}
    return any(word.lower() in text for word in known_by if word)
