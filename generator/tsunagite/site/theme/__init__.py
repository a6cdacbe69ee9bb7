"""The small layout that comes with the engine: an MkDocs theme for sites without Material (``theme: {name: tsunagite}``).

It gives ``overrides/main.html`` the blocks that Material's ``base.html`` has. Record pages are the same in both; guides have no side bars.
"""
