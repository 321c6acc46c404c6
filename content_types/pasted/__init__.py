"""Lists that were pasted, from a text or a spreadsheet, read as rows of an exercise's form."""
