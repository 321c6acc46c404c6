"""The demo's settings, with the addresses that the benchmark compares ours with."""

import os

from deploy.databases import databases
from deploy.settings.base import DATA
from deploy.settings.local import *  # noqa: F403

ROOT_URLCONF = "deploy.bench.urls"

# The command names a PostgreSQL of its own, or none: never the instance's.
DATABASES = databases({"DATABASE_URL": os.environ.get("DATABASE_URL", "")}, DATA)
