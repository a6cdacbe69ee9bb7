"""Models of records that one feature shows: events, the contact finder's tables, guides, pamphlets, worksheets, area lists.

They lie here, and not with their feature, because the directory holds them and the checks read them.
"""
