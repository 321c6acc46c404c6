"""The addresses of moments, below `/api/v1/moments`."""

from plugins.moments.api import comments, media, moments, people
from plugins.moments.api.door import router

__all__ = ["comments", "media", "moments", "people", "router"]
