"""Backing up and restoring an instance: its database and its files, as one folder."""
