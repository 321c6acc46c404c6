"""SQLite as Django has it, but that it does not write the same statement anew at each run."""
