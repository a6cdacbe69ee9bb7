"""Guides: hand-written Markdown with typed heads as pages, indexes, glossary and checklists.

In: guides of the directory. Out: pages. The only package that imports Markdown (``prose``).
"""
