"""Any file a list may come in (csv, xlsx, json, geojson, HSDS packages) as a header and rows of text.

In: a file. Out: rows, or one explained finding. Nothing is interpreted here.
"""
