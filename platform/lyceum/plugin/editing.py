"""How a page type says what its editor shows, and an editor's own view who may use it."""

from lyceum.content.admin.addresses import staff_addresses
from lyceum.content.admin.forms import SchoolPageForm
from lyceum.content.admin.panels import translated_fields, translated_panels

__all__ = ["SchoolPageForm", "staff_addresses", "translated_fields", "translated_panels"]
