"""Blocks of streams: those that plugins bring, and how what is not in force is kept and told."""
