"""For queries that are asked with every request: written once, run with ever other values."""

from lyceum.kernel.prepared import ManySlot, Question, Slot, fetch

__all__ = ["ManySlot", "Question", "Slot", "fetch"]
