"""What a plugin declares of the people it knows: what it tells them, and what it forgets.

A plugin's `privacy.py` has a `PRIVACY`: a `Provider` with its holdings, or one that says in
`nothing` why there are none.
"""

from lyceum.accounts.privacy.staying import hold
from lyceum.kernel.privacy import (
    DELETE,
    KEEP,
    UNLINK,
    Holding,
    Part,
    Person,
    Provider,
    SchoolHolding,
    providers,
)

__all__ = [
    "DELETE",
    "KEEP",
    "UNLINK",
    "Holding",
    "Part",
    "Person",
    "Provider",
    "SchoolHolding",
    "hold",
    "providers",
]
