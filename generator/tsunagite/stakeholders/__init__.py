"""Stakeholders: who is connected with whom, as a drawn map, as a table, and as sentences; windows of teams, and the nine cells of layers and terms.

In: ``analysis.network`` and the filled sheets. Out: pages below ``stakeholders/``. May import ``site`` (links, templates) and ``guides.figure`` (broken lines).
"""
