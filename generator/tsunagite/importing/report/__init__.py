"""What became of every row: as lines of text, rows of a table, Markdown, JSON and a workbook."""
