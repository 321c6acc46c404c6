"""What the tests of living together may ask for."""

from tests.platform.community.letters import letters

__all__ = ["letters"]
