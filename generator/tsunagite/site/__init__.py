"""The pages of the site: home, lists, record pages, sources, data quality; the layout around every page; styles and scripts.

In: the directory, for one day. Out: views (frozen, every text decided) and pages. Templates get views, never models.
"""
