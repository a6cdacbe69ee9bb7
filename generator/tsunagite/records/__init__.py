"""The records of a site: what they are, how they are read from YAML and Markdown, and the directory they form.

In: a site's folder (``resources/``, ``content/``). Out: typed, frozen records, joined into one ``Directory``, and findings.
``model/`` the types, ``yaml/`` strict reading and comment-preserving writing, ``load/`` reading a whole site,
``columns/`` records as columns of a spreadsheet, ``vocabulary/`` the built-in terms, ``schema/`` JSON Schemas for editors.
May import ``text``, ``geo`` and the engine's ``parallel``-like leaves only; never a feature.
"""
