"""YAML files of people: a strict reader with positions, a writer that keeps their comments, and changes of many files at once.

The only package that imports PyYAML (``reader``) and ruamel (``rewrite``).
"""
