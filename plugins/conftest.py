"""The plugins' own tests run on the suite's database, and begin as its tests do."""

from tests.conftest import (
    counters_start_at_zero,
    django_db_keepdb,
    django_db_modify_db_settings,
    quick_restore,
)

__all__ = [
    "counters_start_at_zero",
    "django_db_keepdb",
    "django_db_modify_db_settings",
    "quick_restore",
]
