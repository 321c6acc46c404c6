"""Themes: which there are, and in what look a school is shown. No views."""
