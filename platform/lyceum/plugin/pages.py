"""What a page type builds on."""

from lyceum.content.models.pages import MIXED, BasePage

__all__ = ["MIXED", "BasePage"]
