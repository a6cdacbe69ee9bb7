"""Papers: leaflets, booklets, posters and cards as tagged PDF, made from the same records as the pages.

``selection`` chooses records, ``parts/`` are what all papers share, ``layouts/`` decide every text and what fits,
``templates/`` set it (typst), ``typesetting/`` is the only package that imports typst, segno and pypdf.
"""
