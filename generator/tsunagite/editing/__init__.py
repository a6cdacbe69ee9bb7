"""Changes people make to records every day: begin, check, close, rename, put in order; workbooks to edit; the doctor; ``init``.

In: a site's folder and what shall change. Out: texts of files to write (comments kept), or findings. May import ``records``,
``check``, ``spreadsheets``.
"""
