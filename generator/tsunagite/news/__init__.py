"""What is new, changed and closed: feeds, pages by month, a digest for mail; what programs read of the site; lists for other sites.

In: the directory, and the history of its files where git knows it (``read_history.py``). Out: pages, feeds (Atom, JSON Feed), text.
The dates come from the history and from the records alone, never from the day of the build.
"""
