"""What a change of a site's repository means, and how it is published: what the workflows of a forge call.

In: two revisions of a site (``git.py`` reads them), and a built site. Out: a summary of the change (Markdown, HTML, JSON), and a
site that is put in place. May import everything below the command line.
"""
