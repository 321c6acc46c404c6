"""Schools and people for the suite: those that the tests of plugins have as well."""

from lyceum.testing.people import (
    PASSWORD,
    a_class,
    a_learner,
    a_member,
    a_person,
    a_program,
    a_school,
    a_token,
    proved,
    signed_in,
)

__all__ = [
    "PASSWORD",
    "a_class",
    "a_learner",
    "a_member",
    "a_person",
    "a_program",
    "a_school",
    "a_token",
    "proved",
    "signed_in",
]
