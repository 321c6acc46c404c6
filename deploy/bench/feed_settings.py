"""The settings of the feed's benchmark: PostgreSQL, one connection, and none that is kept."""

from __future__ import annotations

import os

from deploy.bench.settings import *  # noqa: F403
from deploy.bench.settings import DATABASES
from deploy.databases import postgresql

DATABASES["default"] = postgresql(os.environ["DATABASE_URL"], {})
# A pool is known by the connection's name, which both databases share.
DATABASES["default"]["OPTIONS"].pop("pool", None)
