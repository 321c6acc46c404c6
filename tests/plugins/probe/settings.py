"""The probe's settings: one of each kind, and a check of them all together."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel

from lyceum.plugin.settings import BaseSettings, Field, SecretStr


class Size(StrEnum):
    """How large it is."""

    SMALL = "small"
    LARGE = "large"


class Bell(BaseModel):
    """When it rings, and how often."""

    name: str = Field(default="", max_length=50)
    hour: int = Field(default=8, ge=0, le=23)


class Settings(BaseSettings):
    """What a school can set of the probe."""

    greeting: str = Field(default="Hello", max_length=100, description="What it says.")
    motto: str = Field(default="", max_length=500)
    colour: Literal["red", "green", "blue"] = "green"
    times: int = Field(default=1, ge=1, le=10, title="How many times")
    most: int | None = Field(default=None, ge=0, title="Notes a day, at most")
    size: Size = Size.SMALL
    share: float = Field(default=0.5, ge=0, le=1)
    loud: bool = False
    words: list[str] = Field(default=[], max_length=5, description="Words that it knows.")
    days: list[Literal["weekday", "weekend"]] = []
    bells: list[Bell] = Field(default=[], max_length=5)
    hours: dict[str, int] = {}
    key: SecretStr | None = Field(default=None, max_length=200, description="Of a service.")

    def check(self) -> None:
        if self.loud and self.key is None:
            raise ValueError("To be loud it needs a key.")
        if self.greeting == "break":
            raise RuntimeError(f"It broke over {self.key.get_secret_value() if self.key else ''}")
        if self.greeting == "tell":
            raise ValueError(f"No {self.key.get_secret_value() if self.key else ''} here.")
