"""The contact finder: who answers for a concern in a town, as pages that need no script and as data; the emergency page.

In: concerns, assignments and areas of the directory. Out: pages and ``contact/`` data.
"""
