"""What every model is built from: kinds of fields, vocabularies, and the translation of pydantic's errors into findings.

May import ``text`` only. No file access, no clock.
"""
