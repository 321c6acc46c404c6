"""What a page type builds on."""

from lyceum.content.models.pages import MIXED, BasePage
from lyceum.content.page_rules import normal_tags, school_of_page

__all__ = ["MIXED", "BasePage", "normal_tags", "school_of_page"]
