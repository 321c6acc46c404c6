"""What time it is: doors ask, and hand it to services."""

from lyceum.kernel.clock import now

__all__ = ["now"]
