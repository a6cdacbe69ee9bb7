"""Furigana as a switch over the text of every page.

In: the dictionary of readings and the areas of the directory. Out: ``assets/tsunagite/readings.json``, which a page fetches when
somebody turns the switch on, and the scripts that put the readings over the words (``browser/``). No page holds a reading of its own,
but for the names of records, whose readings their records give. The rules stand in ``text/furigana.py``.
"""
