"""``tsunagite worksheet import``: filled workbooks become records, or findings that name the tab and the cell."""
