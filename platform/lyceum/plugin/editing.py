"""How a page type says what its editor shows."""

from lyceum.content.admin.forms import SchoolPageForm
from lyceum.content.admin.panels import translated_fields, translated_panels

__all__ = ["SchoolPageForm", "translated_fields", "translated_panels"]
