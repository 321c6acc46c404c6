"""
The author's kit: what the tests of a plugin ask for, and what they hold a plugin to.

A plugin of pytest, found by its entry point where Lyceum is installed, and named in the settings of
pytest in Lyceum's own folder. It is imported before Django is set up, and in test runs that have
nothing to do with Lyceum: so nothing of the platform is imported here.
"""

pytest_plugins = ("lyceum.testing.fixtures",)
