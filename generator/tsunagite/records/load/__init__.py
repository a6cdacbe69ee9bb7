"""Reading a whole site: the walk over its folders, then typed records, guides, worksheets, vocabularies and outlines.

In: a folder. Out: typed values and findings with their places. Only this package opens the files of a site's records.
"""
