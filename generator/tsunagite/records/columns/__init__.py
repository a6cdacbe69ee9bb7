"""A record as columns of a spreadsheet: which columns there are, and what a cell of each says.

In: the model. Out: columns and texts of cells, and back. Used by ``editing/books``, ``importing`` and ``opendata``.
"""
