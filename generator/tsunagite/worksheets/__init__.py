"""Worksheets of meetings: one declaration (``sheets/*.yml``) gives page, form, paper, workbook, validation and import.

In: declarations and filled sheets of the directory. Out: pages, PDF, .xlsx; filled workbooks become records (``importing/``).
"""
