"""The demo's settings, with the addresses that the benchmark compares ours with."""

from deploy.settings.local import *  # noqa: F403

ROOT_URLCONF = "deploy.bench.urls"
