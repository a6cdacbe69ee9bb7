"""The commands that work on lists and records; cli.py puts them together."""
