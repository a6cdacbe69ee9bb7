"""Typst templates and data become PDF/UA files; pages become booklets to fold."""
