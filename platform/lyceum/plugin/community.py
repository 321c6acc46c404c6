"""Living together: what every plugin asks where people meet, and how its things are reported."""

from lyceum.accounts.avatars import avatar_address
from lyceum.community.bin import bin_thing
from lyceum.community.contact import (
    EmailNotVerified,
    Party,
    SuspendedFromContact,
    check_contact,
    check_posting,
)
from lyceum.community.filtering.review import Verdict, check_text
from lyceum.community.holding import hold
from lyceum.community.people import name_of
from lyceum.community.reportables import Reportable, Seen
from lyceum.community.visibility import find_person, hidden_from, visible_people

__all__ = [
    "EmailNotVerified",
    "Party",
    "Reportable",
    "Seen",
    "SuspendedFromContact",
    "Verdict",
    "avatar_address",
    "bin_thing",
    "check_contact",
    "check_posting",
    "check_text",
    "find_person",
    "hidden_from",
    "hold",
    "name_of",
    "visible_people",
]
