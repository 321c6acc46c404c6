"""Lyceum: the platform on which content types, plugins and the API are assembled."""

__version__ = "0.1.0"
