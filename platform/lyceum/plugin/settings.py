"""What a school can set of a plugin: the base of its `Settings`, and what is set."""

from pydantic import Field, SecretStr

from lyceum.kernel.plugins.settings import BaseSettings
from lyceum.schools.plugins.settings import settings_of

__all__ = ["BaseSettings", "Field", "SecretStr", "settings_of"]
