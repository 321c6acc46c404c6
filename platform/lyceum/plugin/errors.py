"""The families of errors that a use case may raise."""

from lyceum.kernel.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    NotFound,
    Unavailable,
)

__all__ = ["Conflict", "DomainError", "Forbidden", "Invalid", "NotFound", "Unavailable"]
