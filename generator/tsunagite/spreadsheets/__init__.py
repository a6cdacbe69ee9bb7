"""Workbooks (.xlsx) and csv: reading what strangers made, and writing the same bytes for the same values.

In and out: small frozen values without our types. The only package that imports openpyxl.
"""
