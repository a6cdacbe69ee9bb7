"""Lists for other sites: a page that stands in a frame of a hospital's or a council's site, and a page that makes the lines to copy.

In: the vocabularies and areas (what a list may be narrowed by). Out: ``/embed/`` and ``/embed/make/``. The list itself is made in the
browser from the files of the search; nothing is stored on the device, and no cookie is set.
"""
