"""Search: what can be found, the index in small files, what results can be narrowed by, and the scripts of the search page.

In: the directory and what guides say. Out: the files below ``search/`` and the page. ``index`` is the format that
``browser/search_index.js`` reads.
"""
