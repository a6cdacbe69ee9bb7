"""The build: what a site publishes, in which order it is made, what is kept between builds, and how files are published.

In: a checked ``Directory``, a layout. Out: files in the site's folder, renamed into place only when all of them are there.
``products`` is the written list of everything a site publishes. ``digest`` (a value -> 16 bytes), ``store`` (one SQLite file)
and ``memo`` (functions whose results are kept by digests of their inputs) know nothing of records or pages; these three,
``artifact``, ``processes``, ``program`` and ``clock`` may be used by every package.
"""
