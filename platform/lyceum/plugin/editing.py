"""What a page type says of its editor: what it shows and checks, and who may use its views."""

from lyceum.content.admin.addresses import staff_addresses
from lyceum.content.admin.forms import SchoolPageForm
from lyceum.content.admin.panels import translated_fields, translated_panels
from lyceum.content.preview.tasks import task_as_shown
from lyceum.content.publication.remarks import Remark, name_of_field, page_checks, streams

__all__ = [
    "Remark",
    "SchoolPageForm",
    "name_of_field",
    "page_checks",
    "staff_addresses",
    "streams",
    "task_as_shown",
    "translated_fields",
    "translated_panels",
]
