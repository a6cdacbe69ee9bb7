"""Assessment of areas (地域アセスメント): what each area has for each need, what sleeps, and all that a meeting asks about its area on one page.

In: the numbers of ``analysis.coverage``, lists, filled sheets, meetings and news. Out: pages and tables. Nothing is counted here: every number comes from ``analysis``.
"""
