"""What endpoints and answers are built from."""

from lyceum.http.problems import problem_of
from lyceum.http.schemas import Answer, Body, Line, Page, Text

__all__ = ["Answer", "Body", "Line", "Page", "Text", "problem_of"]
