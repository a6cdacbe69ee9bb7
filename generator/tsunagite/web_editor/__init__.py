"""The web editor: ``/admin/``, where staff correct records in a browser. Sveltia CMS with settings made from the models of records.

In: the settings of a site (``editor`` of resources/site.yml), its vocabularies, the models. Out: files below ``admin/``, none where the
settings name no repository. ``admin/record_format.js`` puts what was changed into the text of a record file and leaves the rest of it alone.
May import ``records``, ``site`` and ``engine``.
"""
