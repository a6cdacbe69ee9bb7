"""Hands artifacts over to other programs: MkDocs today."""
