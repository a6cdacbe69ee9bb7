"""Editions: the pages of the core journeys in other languages, and what shows a record in them.

In go the directory, the finder and the lists; out come ``<folder>/…`` pages, and for each edition ``words.json`` and
``records/<n>.json``: what stands on shared pages in Japanese, and what it is in this language.
"""
