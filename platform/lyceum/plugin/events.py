"""News of the plugin's own, published in the transaction of the change that they tell of."""

from lyceum.events.services import Fact, publish

__all__ = ["Fact", "publish"]
