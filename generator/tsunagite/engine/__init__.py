"""The build engine: what a build keeps for the next one, and how it knows that it is still right.

``digest`` (a value -> 16 bytes), ``store`` (one SQLite file), ``memo`` (functions whose results are kept by digests of their
inputs). Knows nothing of records or pages.
"""
