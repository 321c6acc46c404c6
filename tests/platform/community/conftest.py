"""What the tests of living together may ask for."""

from tests.letters import letters

__all__ = ["letters"]
