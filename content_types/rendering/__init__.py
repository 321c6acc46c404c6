"""How each page type is told to readers."""
