"""Proposals for readings of running text. In: guides and the words of the pages. Out: a file in which a person decides."""
