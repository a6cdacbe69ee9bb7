"""Import: published lists become records, and newer lists update them without losing what people changed.

In: files of lists and their descriptions (``resources/sources/``). Out: changed files of records, and a report of every row.
The chain is one package a step: ``tables`` read → ``detect`` → ``mapping`` → ``match`` → ``plan`` → ``report``; ``run`` joins them.
May import ``records``, ``check``, ``spreadsheets``, ``text``.
"""
