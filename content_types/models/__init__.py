"""The page types, gathered for Django."""

from content_types.models.courses import Course, CourseLesson
from content_types.models.exercises import Bank, Exercise
from content_types.models.lessons import Lesson, LessonPrerequisite
from content_types.models.sections import Category, Subcategory

__all__ = [
    "Bank",
    "Category",
    "Course",
    "CourseLesson",
    "Exercise",
    "Lesson",
    "LessonPrerequisite",
    "Subcategory",
]
