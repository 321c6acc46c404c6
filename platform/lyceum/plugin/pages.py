"""What a page type builds on."""

from lyceum.content.models.pages import BasePage
from lyceum.content.page_rules import normal_tags, school_of_page

__all__ = ["BasePage", "normal_tags", "school_of_page"]
